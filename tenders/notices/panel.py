"""Mail to the panel: who sits on it, and when moderation can start."""

from datetime import datetime

from odifund.core import mail
from tenders.access import who_moderates
from tenders.models import Panellist, Tender


def panellist_named(panellist: Panellist, *, at: datetime) -> None:
    """Somebody is on the panel."""
    mail.queue(
        "tenders/panellist_named",
        key=f"tenders/panellist_named:{panellist.pk}",
        to=[panellist.person],
        at=at,
        context={"panellist": panellist, "tender": panellist.tender},
        about=panellist,
    )


def scores_complete(tender: Tender, *, at: datetime) -> None:
    """Every score is locked: who moderates hears once, not for each proposal. No score is in it."""
    mail.queue(
        "tenders/scores_complete",
        key=f"tenders/scores_complete:{tender.pk}:{at.isoformat()}",
        to=who_moderates(tender),
        at=at,
        context={"tender": tender},
        about=tender,
    )
