"""Mail to the panel."""

from datetime import datetime

from odifund.core import mail
from tenders.models import Panellist


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
