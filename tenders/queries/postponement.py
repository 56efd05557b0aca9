"""Which dates of a published tender can be put off, what stands in the way, and how everybody reads it.

The deadline itself is none of them: two people extend it. What winners owe moves until contracts are made.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from odifund.core import canonical
from odifund.core.wording import moment_or_day
from tenders import timetable
from tenders.models import Tender
from tenders.queries import tender as tenders
from tenders.queries.dates import (
    LATER,
    OWED,
    SecondLook,
    contradictions,
    owed_with,
    second_look_at,
    with_dates,
)
from tenders.queries.notice import Change

WHILE_OPEN = ("questions_close_at", "answers_due_at")


@dataclass(frozen=True)
class Movable:
    """A date that can be put off: its name, what it is, and as it stands."""

    name: str
    what: str
    when: timetable.When
    by_day: bool = False


def movable(tender: Tender, at: datetime) -> list[Movable]:
    """What can be put off at this moment, in the order of the timetable."""
    if tender.status not in {Tender.Status.PUBLISHED, Tender.Status.CLOSED, Tender.Status.OPENED}:
        return []
    names = WHILE_OPEN if tender.accepts_proposals(at) else ()
    past = set(timetable.past({"questions_close_at": tender.questions_close_at}, ["questions_close_at"], at))
    own = [
        Movable(name, timetable.CONSEQUENCES[name][0], when)
        for name in (*names, *LATER)
        if name not in past and (when := getattr(tender, name))
    ]
    return own + [
        Movable(f"{OWED}{each.pk}", each.title, each.due_at, each.is_event)
        for each in tender.owed.all()
        if each.due_at
    ]


def digest_of(tender: Tender, at: datetime) -> str:
    """The digest of these dates as they stand."""
    return canonical.digest([[each.name, each.when.isoformat()] for each in movable(tender, at)])


def put_off(tender: Tender, dates: Mapping[str, timetable.When], at: datetime) -> dict[str, timetable.When]:
    """Of these dates the ones that differ from what stands."""
    return {
        each.name: when
        for each in movable(tender, at)
        if (when := dates.get(each.name)) and when != each.when
    }


def faults(tender: Tender, moved: Mapping[str, timetable.When], at: datetime) -> Iterator[str]:
    """What is wrong with moving these: one that is not later, one that has passed, one out of order."""
    for each in movable(tender, at):
        when = moved.get(each.name)
        if when and not timetable.in_order(each.when, when, same_day=False):
            stands = moment_or_day(each.when, each.by_day)
            yield f"{each.what}: choose a later date than it is now, {stands}."
        elif when and not timetable.in_order(at, when, same_day=not isinstance(when, datetime)):
            yield f"{each.what}: choose a date that has not passed yet."
    yield from contradictions(tender, with_dates(tender, moved), tenders.as_owed(owed_with(tender, moved)))


def changes(tender: Tender, moved: Mapping[str, timetable.When], at: datetime) -> list[Change]:
    """Every date that moves, in words: for the check before, the notice and the mail."""
    return [
        Change(each.what, moment_or_day(each.when, each.by_day), moment_or_day(moved[each.name], each.by_day))
        for each in movable(tender, at)
        if each.name in moved
    ]


def look_again(tender: Tender, moved: Mapping[str, timetable.When]) -> SecondLook:
    """Those of the moved dates that are at a weekend or on a bank holiday."""
    own = {name: when for name, when in moved.items() if not name.startswith(OWED)}
    owed = [each for each in owed_with(tender, moved) if f"{OWED}{each.pk}" in moved]
    return second_look_at(own, tenders.as_owed(owed))
