"""Who reads and writes what is on record about a tender's running: its incident log."""

from typing import TYPE_CHECKING

from tenders.access.seal import confirms
from tenders.models import Incident, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def keeps_record(user: "User", tender: Tender) -> bool:
    """Whether the person writes into the record: a manager or an approver who does not bid in it."""
    return confirms(user, tender)


def incident_numbered(tender: Tender, number: int | str) -> Incident | None:
    """The entry of this tender's log that is called by this number."""
    return tender.incidents.filter(number=number).first() if str(number).isdecimal() else None
