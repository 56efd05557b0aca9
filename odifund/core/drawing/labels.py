"""Labels in a row beside their dates, swept apart until none lies on another, and tied to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

GAP = 14


@dataclass
class Label:
    """A label on its way to a free place: its date is at `x`, its words start or end at `place`."""

    at: datetime
    date: str
    words: str
    x: float
    place: float = 0.0
    flipped: bool = False

    @property
    def width(self) -> float:
        """How wide its two lines are, at the most."""
        return max(len(self.date) * 8.2, len(self.words) * 7.0) + 6


def sweep(labels: Sequence[Label], left: float, right: float) -> bool:
    """Give each label a place of its own between the bounds, near its date; False when they do not fit."""
    cursor = left
    for label in labels:
        start = max(label.x, cursor)
        label.flipped = start + label.width > right and label.x - label.width >= cursor
        label.place = label.x if label.flipped else start
        cursor = label.place + (0 if label.flipped else label.width) + GAP
    for label in reversed(labels):
        if not label.flipped and label.place + label.width > right:
            label.place = right - label.width
        right = (label.place - label.width if label.flipped else label.place) - GAP
    return not labels or right + GAP >= left - 0.5


def leader(label: Label, *y: float) -> list[tuple[float, float]]:
    """The corners of the line that ties a label to its date."""
    return list(zip((label.x, label.x, label.place, label.place), y, strict=True))
