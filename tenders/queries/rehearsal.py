"""The rehearsal that a bidder is led to."""

from datetime import datetime
from typing import TYPE_CHECKING

from odifund.core.access import is_staff, signed_in
from tenders import access
from tenders.models import Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person


def open_for(user: "Person | AnonymousUser", at: datetime) -> Tender | None:
    """Of those that are open the one that closes last: there is the most time in it. None for staff."""
    if not signed_in(user) or is_staff(user):
        return None
    rehearsals = access.open_tenders(at).filter(rehearses=True)
    return rehearsals.order_by("-proposals_close_at", "reference").first()
