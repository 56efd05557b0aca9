"""Moving the dates of an earlier tender on to a new day of publication.

Every date moves by the same number of days and keeps its time of day in London. One that would
land on a weekend or a bank holiday of England goes on to the next working day, and what came on a
later day still does.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from odifund.core import calendar
from odifund.core.wording import LONDON, in_london
from tenders import timetable
from tenders.models import Tender


def days_between(earlier: Tender, publish_on: date) -> int:
    """From the day the earlier one was published, or was to be, to the new day; 0 if it has no such day."""
    first = earlier.published_at or earlier.publish_on
    return (publish_on - timetable.day_of(first)).days if first else 0


def shifted(
    dates: Mapping[str, timetable.When | None], days: int, begins: date | None = None
) -> dict[str, timetable.When | None]:
    """The dates so many days later, none before `begins`; what is not set stays so."""
    moved: dict[str, timetable.When | None] = dict.fromkeys(dates)
    before_old, before_new = None, begins
    known = [(name, when) for name, when in dates.items() if when is not None]
    for name, when in sorted(known, key=lambda each: timetable.day_of(each[1])):
        old = timetable.day_of(when)
        new = calendar.on_or_after(old + timedelta(days=days))
        if before_new and before_old and old > before_old and new <= before_new:
            new = calendar.working_days_after(before_new, 1)
        elif before_new and new < before_new:
            new = calendar.on_or_after(before_new)
        if name == "proposals_close_at":
            new = max(new, _with_all_answers(dates, moved))
        moved[name] = _at_its_time(when, new)
        before_old, before_new = old, new
    return moved


def _with_all_answers(
    old: Mapping[str, timetable.When | None], moved: Mapping[str, timetable.When | None]
) -> date:
    """The first day on which proposals may close after the answers."""
    answers = moved.get("answers_due_at")
    if answers is None or dict(timetable.faults(old)):
        return date.min
    return calendar.on_or_after(timetable.day_of(answers) + timedelta(days=timetable.LEAST_AFTER_ANSWERS))


def _at_its_time(when: timetable.When, day: date) -> timetable.When:
    """On another day at the same time of day; clocks change on Sundays, which are no working days."""
    return datetime.combine(day, in_london(when).time(), LONDON) if isinstance(when, datetime) else day
