"""What a home page says: something to do with its moment, and something new."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from odifund.core.drawing.pile import Mark

SOON = timedelta(days=7)


@dataclass(frozen=True)
class ToDo:
    """Something to do. `due` is its moment, `when` words where there is none, `now`: it is live.

    `marks` draws a pile: how much of it is done.
    """

    title: str
    url: str
    hint: str = ""
    due: datetime | None = None
    when: str = ""
    now: bool = False
    marks: "tuple[Mark, ...]" = ()


def in_order(items: Iterable[ToDo], at: datetime) -> list[ToDo]:
    """What waits, the next date first. Live is the first row and what is due within a week, and no other."""
    ordered = sorted(items, key=lambda item: (item.due is None, item.due or at))
    return [replace(item, now=_is_live(item, place, at)) for place, item in enumerate(ordered)]


def _is_live(item: ToDo, place: int, at: datetime) -> bool:
    if item.due is None:
        return place == 0
    return at < item.due and (place == 0 or item.due <= at + SOON)


@dataclass(frozen=True)
class News:
    """Something that happened: announced to everybody, or of this person's own."""

    at: datetime
    title: str
    url: str
    text: str = ""
