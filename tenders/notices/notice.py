"""The mail of a notice. Who watches or asked is nobody's business, so its address is shown to nobody."""

from datetime import datetime

from odifund.core import mail
from tenders.models import Notice
from tenders.notices.address_watch import everybody


def published(notice: Notice, *, at: datetime) -> None:
    """The notice, to everybody who is told."""
    mail.queue(
        "tenders/notice_published",
        key=f"tenders/notice_published:{notice.pk}",
        to=everybody(notice.tender, askers=True),
        at=at,
        context={"tender": notice.tender, "notice": notice},
        about=notice,
        sealed=True,
        private=True,
    )
