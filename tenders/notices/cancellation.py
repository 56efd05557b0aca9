"""Mail about ending a tender; that it ended is a notice to everybody."""

from datetime import datetime

from odifund.core import mail
from odifund.core.models import Person
from tenders import access
from tenders.models import Cancellation
from tenders.queries.tender import could_confirm


def cancelling_proposed(written: Cancellation, *, by: Person, at: datetime) -> None:
    """Everybody who could be the second person is asked to read and confirm."""
    tender = written.tender
    mail.queue(
        "tenders/cancelling_proposed",
        key=f"tenders/cancelling_proposed:{tender.pk}:{at.isoformat()}",
        to=[person for person in could_confirm() if person != by and access.confirms(person, tender)],
        at=at,
        context={"tender": tender, "written": written, "by": by},
        about=tender,
    )
