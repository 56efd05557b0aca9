"""Moving dates of a published tender: part of extending its deadline and of putting other dates off."""

from collections.abc import Mapping

from tenders import timetable
from tenders.actions import tender as tenders
from tenders.models import Tender
from tenders.queries.dates import OWED, owed_with


def move(tender: Tender, moved: Mapping[str, timetable.When]) -> None:
    """Set these dates, what is owed among them: the ODI's own now, no assumption of the portal's.

    Part of a move: the caller holds the lock and saves the tender.
    """
    for each in owed_with(tender, moved):
        if f"{OWED}{each.pk}" in moved:
            each.save()
            tenders.settle(tender, f"{OWED}{each.kind}")
    for name, when in moved.items():
        if not name.startswith(OWED):
            setattr(tender, name, when)
    tenders.settle(tender, *moved)
