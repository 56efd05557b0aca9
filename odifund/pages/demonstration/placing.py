"""Where each round is placed, so that it stands today as the demonstration says, whatever the date.

Pure: a day in, days out. A round is published on the newest working day from which, by the
template's own distances, what is to hold today holds.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial

from odifund.core import calendar
from odifund.pages.demonstration.stage import moment
from tenders import stimulus_fund, timetable

AHEAD = 6
"""Working days until the clock publishes the round that is coming."""
STORY = 6
"""Working days that the open round needs to have behind it: questions, answers, a draft, a submit."""
SOON, LONG_AGO = timedelta(days=5), timedelta(days=60)


def after(day: date, count: int) -> date:
    """This many working days later."""
    return calendar.working_days_after(day, count)


def before(day: date, count: int) -> date:
    """This many working days earlier."""
    for _ in range(count):
        day -= calendar.DAY
        while not calendar.is_working_day(day):
            day -= calendar.DAY
    return day


def extended(closes: date | datetime, count: int) -> datetime:
    """A deadline this many working days later, at five."""
    return moment(after(timetable.day_of(closes), count), 17)


@dataclass(frozen=True)
class Days:
    """The days of a round published on a day, with its own distances where they are not the template's.

    `scoring_days` are working days from closing to decision; `programme` days from the start of the work;
    `extended_by` working days by which two people move the deadline on its last afternoon.
    """

    publish_on: date
    scoring_days: int = 4
    programme: Mapping[str, int] = field(default_factory=dict)
    extended_by: int = 0

    @cached_property
    def moments(self) -> dict[str, date | datetime]:
        """The tender's own dates, by field."""
        found = stimulus_fund.dates(self.publish_on)
        decision = after(timetable.day_of(found["proposals_close_at"]), self.scoring_days)
        contracts = after(decision, 2)
        return found | {"decision_on": decision, "contracts_on": contracts, "starts_on": contracts}

    @cached_property
    def due(self) -> dict[str, datetime]:
        """When each deliverable is due, by kind."""
        starts = self.on("starts_on")
        own = {
            kind: moment(calendar.on_or_after(starts + timedelta(days=count)), 17)
            for kind, count in self.programme.items()
        }
        return stimulus_fund.due(starts) | own

    def on(self, name: str) -> date:
        """The day of one of the tender's dates."""
        return timetable.day_of(self.moments[name])

    def due_on(self, kind: str) -> date:
        """The day on which a deliverable is due."""
        return timetable.day_of(self.due[kind])

    @property
    def closes_at(self) -> datetime:
        """The deadline as it was in the end."""
        return extended(self.moments["proposals_close_at"], self.extended_by)

    @property
    def opens_on(self) -> date:
        """When two people open the proposals: the working day after they closed."""
        return after(timetable.day_of(self.closes_at), 1)


def open_on(today: date) -> Days:
    """Published long enough ago for the story so far; questions can still be asked."""
    return _newest(
        today, Days, lambda days: after(days.publish_on, STORY) < today < days.on("questions_close_at")
    )


def scored_on(today: date, scoring_days: int, extended_by: int) -> Days:
    """Two days of scoring lie before today, and the decision is still to come."""
    return _newest(
        today,
        partial(Days, scoring_days=scoring_days, extended_by=extended_by),
        lambda days: after(days.opens_on, 1) < today < days.on("decision_on"),
    )


def delivered_on(today: date, programme: Mapping[str, int]) -> Days:
    """The halfway review is due within five days."""
    return _newest(
        today,
        partial(Days, programme=programme),
        lambda days: today < days.due_on("halfway") <= today + SOON,
    )


def complete_on(today: date) -> Days:
    """Everything was due two months ago."""
    return _newest(today, Days, lambda days: days.due_on("report") <= today - LONG_AGO)


def coming_on(today: date) -> Days:
    """Published by the clock, on a working day ahead."""
    return Days(after(today, AHEAD))


def _newest(today: date, placed: Callable[[date], Days], holds: Callable[[Days], bool]) -> Days:
    day = before(today, 1)
    while not holds(days := placed(day)):
        day = before(day, 1)
    return days
