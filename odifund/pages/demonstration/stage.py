"""The stage: scenes in the order of their moments, the clock held at each, mail sent in between."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from odifund.core import clock, postman, reminders


@dataclass(order=True)
class Scene:
    """What happens at a moment. `act` is given the moment."""

    at: datetime
    act: Callable[[datetime], object] = field(compare=False)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That time of day in London."""
    return datetime.combine(day, time(hour, minute), clock.LONDON)


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def play(scenes: list[Scene], *, until: datetime, tell: Callable[[str], object]) -> int:
    """Play what lies before `until` in order; reminders each working morning. Returns how many."""
    played = 0
    before: date | None = None
    for scene in sorted(scene for scene in scenes if scene.at < until):
        day = clock.today(scene.at)
        _mornings(before, day)
        if before is None or day > before:
            before = day
        with clock.held_at(scene.at):
            scene.act(scene.at)
            postman.sweep()
        played += 1
        if played % 100 == 0:
            tell(f"{played} steps, {day:%-d %B %Y}")
    if before is not None:
        _mornings(before, clock.today(until))
    return played


def _mornings(before: date | None, day: date) -> None:
    """Each morning between two days the sweep gives the reminders that are due."""
    while before is not None and before < day:
        before += timedelta(days=1)
        if before.weekday() > 4:
            continue  # a reminder of the weekend is given on Monday: it is of use for three days
        at = moment(before, 8)
        with clock.held_at(at):
            reminders.sweep(at)
            postman.sweep()
