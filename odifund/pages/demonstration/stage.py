"""The stage: scenes in the order of their moments, the clock held at each, mail sent in between."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from odifund.core import clock, postman

Act = Callable[[datetime], object]


@dataclass(order=True)
class Scene:
    """What happens at a moment. `act` is given the moment."""

    at: datetime
    act: Act = field(compare=False)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That time of day in London."""
    return datetime.combine(day, time(hour, minute), clock.LONDON)


def play(scenes: Iterable[Scene], *, tell: Callable[[str], object]) -> int:
    """Play the scenes in order; returns how many. Mail leaves after each, as it does within seconds."""
    played = 0
    for played, scene in enumerate(sorted(scenes), 1):
        with clock.held_at(scene.at):
            scene.act(scene.at)
            postman.sweep()
        if played % 100 == 0:
            tell(f"{played} steps, {scene.at:%-d %B %Y}")
    return played
