"""Putting off dates of a published tender other than its deadline: only later, and never silently."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from odifund.core import two_person
from odifund.core.errors import NotReady
from odifund.core.models import Person
from tenders import locks, timetable
from tenders.actions import dates as dates_of
from tenders.actions import notice, rows
from tenders.lifecycle import TENDER
from tenders.models import Tender
from tenders.queries import postponement as queries

TITLE = "Dates put off"


def postpone(
    tender: Tender,
    dates: Mapping[str, timetable.When],
    *,
    why: str,
    by: Person,
    at: datetime,
    seen: str = "",
) -> None:
    """Move these dates, by the clock under the lock, and tell everybody each before and after.

    `dates` are by the names of `queries.movable`; one that is as it was stays. `seen` is their digest before.
    """
    if not why.strip():
        raise NotReady(["Say why. Everybody will read it"])
    with transaction.atomic():
        moment = locks.alone(tender)
        with TENDER.take("postpone", tender, by=by, at=moment, facts=(facts := {})):
            rows.unchanged(seen, queries.digest_of(tender, moment))
            moved = queries.put_off(tender, dates, moment)
            refuse_what_is_wrong(tender, moved, moment)
            changes = queries.changes(tender, moved, moment)
            facts["dates"] = {name: when.isoformat() for name, when in moved.items()}
            dates_of.move(tender, moved)
            notice.put_up(tender, title=TITLE, text=why.strip(), by=by, at=moment, changes=changes)


def refuse_what_is_wrong(tender: Tender, moved: Mapping[str, timetable.When], moment: datetime) -> None:
    """Raise NotReady with all that stands in the way of moving these at this moment."""
    if two_person.waiting("extend", tender):
        raise NotReady(
            ["A later deadline waits for a second person. Confirm it or take it back, then move other dates."]
        )
    if not moved:
        raise NotReady(["No date is different from what the page says now"])
    if faults := list(queries.faults(tender, moved, moment)):
        raise NotReady(faults)
