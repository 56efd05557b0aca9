"""The rehearsal that a bidder is led to."""

from datetime import datetime
from typing import TYPE_CHECKING

from odifund.core.access import is_staff, signed_in
from tenders import access

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person


def open_for(user: "Person | AnonymousUser", at: datetime) -> str:
    """The reference of the one that is open longest; empty where none is, and for the fund's staff."""
    if not signed_in(user) or is_staff(user):
        return ""
    return access.open_rehearsals(at).values_list("reference", flat=True).first() or ""
