"""Mails about the opening: to who can be the second person, and to the panel once it has happened."""

from datetime import datetime

from odifund.core import mail
from odifund.core.models import Person
from tenders.access import who_confirms, who_decides, who_sits
from tenders.models import Settlement, Tender


def opening_proposed(tender: Tender, *, by: Person, at: datetime) -> None:
    """Everybody who could be the second person is asked to confirm."""
    mail.queue(
        "tenders/opening_proposed",
        key=f"tenders/opening_proposed:{tender.pk}:{at.isoformat()}",
        to=[person for person in who_confirms(tender) if person != by],
        at=at,
        context={"tender": tender, "by": by},
        about=tender,
    )


def proposals_opened(tender: Tender, *, at: datetime) -> None:
    """The panel is asked to declare its interests. Nothing in it says who proposes what."""
    mail.queue(
        "tenders/proposals_opened",
        key=f"tenders/proposals_opened:{tender.pk}",
        to=who_sits(tender),
        at=at,
        context={"tender": tender},
        about=tender,
    )


def settlement_proposed(settlement: Settlement, *, by: Person, at: datetime) -> None:
    """Everybody who could settle it as the second person is asked. Nothing in it says whose it is."""
    tender = settlement.held.version.tender
    mail.queue(
        "tenders/settlement_proposed",
        key=f"tenders/settlement_proposed:{settlement.pk}:{at.isoformat()}",
        to=[person for person in who_decides(tender) if person != by],
        at=at,
        context={"tender": tender, "by": by, "settlement": settlement, "version": settlement.held.version},
        about=settlement,
    )
