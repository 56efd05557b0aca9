"""Mail about a tender's publication."""

from datetime import datetime

from odifund.core import mail
from odifund.core.models import Person
from tenders.models import Tender
from tenders.queries.tender import could_confirm


def publishing_proposed(tender: Tender, *, by: Person, at: datetime) -> None:
    """Everybody who could be the second person is asked to read and confirm."""
    mail.queue(
        "tenders/publishing_proposed",
        key=f"tenders/publishing_proposed:{tender.pk}:{at.isoformat()}",
        to=[person for person in could_confirm() if person != by],
        at=at,
        context={"tender": tender, "by": by},
        about=tender,
    )


def tender_published(tender: Tender, *, by: Person | None, at: datetime) -> None:
    """Who runs tenders hears that it is public now."""
    mail.queue(
        "tenders/tender_published",
        key=f"tenders/tender_published:{tender.pk}",
        to=[person for person in could_confirm() if person != by],
        at=at,
        context={"tender": tender, "by": by},
        about=tender,
    )
