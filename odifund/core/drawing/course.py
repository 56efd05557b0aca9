"""What is owed against time: a line a contract, a mark where each thing is due, today across them all.

Widths are shares, so that one drawing fits any page and its words never scale. Marks that fall on one
day stand on each other. Always with its table, which says each date and state in words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from odifund.core.drawing import svg
from odifund.core.wording import MONTHS, in_london, plain_day

SIZE, STEP, LEFT, RIGHT = 12, 16, 2.0, 96.0
TOP, UNDER = 18, 14


@dataclass(frozen=True)
class Mark:
    """Something due at a moment: `done`, `waiting` for somebody's answer, `open`, or `late`."""

    at: datetime
    label: str
    state: str


@dataclass(frozen=True)
class Row:
    """One line: its name and its marks."""

    name: str
    marks: tuple[Mark, ...]


def course(rows: Sequence[Row], at: datetime, *, uid: str = "course") -> str:
    """The drawing; empty when nothing is due on two different days."""
    moments = sorted(mark.at for row in rows for mark in row.marks)
    if not moments or moments[0] == moments[-1]:
        return ""
    scale = _Scale(moments[0], moments[-1])
    drawn = _today(scale, at, rows)
    foot = TOP
    for row, name, line in _laid_out(rows):
        drawn += [svg.words(row.name, x=0, y=name, font_size=16, class_="b h")]
        drawn += [svg.element("line", x1="0%", x2="100%", y1=line, y2=line, stroke=svg.INK, stroke_width=2)]
        drawn += [part for mark, up in _stacked(row) for part in _mark(mark, scale, line - up * STEP)]
        foot = line + UNDER
    drawn += _months(scale, foot + 18)
    return svg.picture(
        drawn,
        uid=uid,
        title=f"What is due when, from {plain_day(moments[0])} to {plain_day(moments[-1])}",
        desc="The table that follows says each date and state in words.",
        class_="of-course",
        width="100%",
        height=foot + 28,
    )


class _Scale:
    """Where a moment lies, as a share of the width."""

    def __init__(self, first: datetime, last: datetime) -> None:
        margin = (last - first) * 0.04 + timedelta(hours=1)
        self.first, self.last = first - margin, last + margin

    def along(self, moment: datetime) -> str:
        share = (moment - self.first) / (self.last - self.first)
        return f"{svg.short(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0))}%"


def _stacked(row: Row) -> Iterator[tuple[Mark, int]]:
    """Each mark with how many of the same day stand below it."""
    days: dict[str, int] = {}
    for mark in row.marks:
        day = plain_day(mark.at)
        yield mark, days.get(day, 0)
        days[day] = days.get(day, 0) + 1


def _laid_out(rows: Sequence[Row]) -> Iterator[tuple[Row, int, int]]:
    """Each row with how far down its name and its line lie; marks stand between the two."""
    foot = TOP
    for row in rows:
        name = foot + 16
        line = name + 10 + STEP * _highest(row)
        yield row, name, line
        foot = line + UNDER


def _highest(row: Row) -> int:
    return max((up for _, up in _stacked(row)), default=0) + 1


def _mark(mark: Mark, scale: _Scale, y: float) -> list[str]:
    """Filled is done, half filled waits for an answer, open is to come; late is a red triangle."""
    x, top = scale.along(mark.at), y - SIZE - 3
    title = svg.element("title", svg.escape(f"{mark.label}, {plain_day(mark.at)}"))
    if mark.state == "late":
        path = f"M0 {-SIZE / 2}L{SIZE / 2 + 1} {SIZE / 2}H{-SIZE / 2 - 1}z"
        drawn = svg.element("path", d=path, fill=svg.RED)
    else:
        fill = svg.INK if mark.state == "done" else svg.WHITE
        box = {"x": -SIZE / 2, "y": -SIZE / 2, "width": SIZE, "height": SIZE}
        drawn = svg.element("rect", fill=fill, stroke=svg.INK, stroke_width=2, **box)
        if mark.state == "waiting":
            half = {"x": -SIZE / 2, "y": -SIZE / 2, "width": SIZE / 2, "height": SIZE}
            drawn += svg.element("rect", fill=svg.INK, **half)
    return [svg.element("svg", title, drawn, x=x, y=top + SIZE / 2, overflow="visible")]


def _months(scale: _Scale, y: float) -> list[str]:
    """The first of each month, with its name where the next is not too near."""
    drawn: list[str] = []
    local = in_london(scale.first)
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    names = (scale.last - scale.first) < timedelta(days=250)
    if names and (month + timedelta(days=32)).replace(day=1) - scale.first > timedelta(days=10):
        drawn.append(svg.words(MONTHS[month.month - 1][:3], x=0, y=y + 4, font_size=14, class_="q"))
    while (month := (month + timedelta(days=32)).replace(day=1)) < scale.last:
        x = scale.along(month)
        drawn.append(svg.element("line", x1=x, x2=x, y1=y - 18, y2=y - 10, stroke=svg.GREY))
        name = MONTHS[month.month - 1][:3] if names or month.month in (1, 7) else ""
        if name:
            drawn.append(svg.words(name, x=x, y=y + 4, font_size=14, text_anchor="middle", class_="q"))
    return drawn


def _today(scale: _Scale, at: datetime, rows: Sequence[Row]) -> list[str]:
    if not scale.first < at < scale.last:
        return []
    x = scale.along(at)
    late = (at - scale.first) > (scale.last - scale.first) * 0.5
    anchor = "end" if late else "start"
    word = svg.words("Today", x=-8 if late else 8, y=12, font_size=15, text_anchor=anchor, class_="a b")
    return [
        *(
            svg.element("line", x1=x, x2=x, y1=above, y2=below, stroke=svg.STAMP, stroke_width=3)
            for above, below in _beside_names(rows)
        ),
        svg.element("svg", word, x=x, overflow="visible"),
    ]


def _beside_names(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The stretches of a line from top to foot that leave every name free."""
    above = 4
    for _, name, line in _laid_out(rows):
        yield above, name - 16
        above, below = name + 6, line + UNDER
    yield above, below + 4
