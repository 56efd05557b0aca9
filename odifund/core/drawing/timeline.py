"""A tender's timetable as a line: months as a ruler, what has passed inked in, today in stamp.

The bidders' dates stand above, ours below; labels are swept apart and tied to their dates with leaders. Two
drawings of the same line, one wide and one tall for narrow pages; where the wide one would be too crowded the
tall one serves every width. Always with its table, which gives every date in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from odifund.core.drawing import svg
from odifund.core.wording import MONTHS, in_london, plain_day, time_of_day


@dataclass(frozen=True)
class Point:
    """A date. `label` is two or three words; `ours` stands below the line; `timed` shows the hour too."""

    at: datetime
    label: str
    ours: bool = False
    timed: bool = False

    @property
    def date(self) -> str:
        return _short_day(self.at) + (f", {time_of_day(self.at)}" if self.timed else "")


@dataclass
class _Label:
    """A label on its way to a free place: its date is at `x`, its words start or end at `place`."""

    point: Point
    x: float
    width: float
    place: float = 0.0
    flipped: bool = False


def _short_day(at: datetime) -> str:
    local = in_london(at)
    return f"{local.day} {MONTHS[local.month - 1][:3]}"


def timeline(points: Sequence[Point], at: datetime, *, uid: str = "timetable") -> str:
    """Both drawings. `at` is today; it is marked when it lies between the first and the last date."""
    ordered = sorted(points, key=lambda point: point.at)
    if len(ordered) < 2:
        return ""
    wide = _Wide(ordered, at, uid)
    tall = _Tall(ordered, at, uid).drawn()
    return (wide.drawn() + tall) if wide.fits else tall.replace("of-timeline__tall", "of-timeline__only")


class _Line:
    """What both drawings share: the span of time, and where a moment lies on it."""

    start, length = 0.0, 0.0

    def __init__(self, points: Sequence[Point], at: datetime, uid: str) -> None:
        self.points, self.at, self.uid = points, at, uid
        margin = (points[-1].at - points[0].at) * 0.016 + timedelta(hours=1)
        self.first, self.last = points[0].at - margin, points[-1].at + margin
        self.running = self.first < at < self.last

    def along(self, moment: datetime) -> float:
        share = (moment - self.first) / (self.last - self.first)
        return self.start + self.length * min(max(share, 0.0), 1.0)

    @property
    def today(self) -> float:
        return self.along(self.at)

    @property
    def title(self) -> str:
        return f"Timetable as a line, from {plain_day(self.points[0].at)} to {plain_day(self.points[-1].at)}"

    @property
    def desc(self) -> str:
        where = f"Today, {plain_day(self.at)}, is marked. " if self.running else ""
        return f"{where}The table that follows gives every date in words."

    def dots(self, places: Iterable[tuple[Point, float, float]]) -> Iterator[str]:
        """A square a date, in two paths: inked where it has passed, else open."""
        drawn = {svg.INK: "", svg.WHITE: ""}
        for point, x, y in places:
            square = f"M{svg.short(x - 4.5)},{svg.short(y - 4.5)}h9v9h-9z"
            drawn[svg.INK if point.at <= self.at else svg.WHITE] += square
        for fill, path in drawn.items():
            if path:
                yield svg.element("path", d=path, fill=fill, stroke=svg.INK, stroke_width=2)

    def leaders(self, lines: Iterable[Sequence[tuple[float, float]]]) -> str:
        """Every leader in one path: what they share is written once."""
        path = "".join("M" + " ".join(f"{svg.short(x)},{svg.short(y)}" for x, y in line) for line in lines)
        return svg.element("path", d=path, fill="none", stroke=svg.INK)


def _corners(label: _Label, *y: float) -> list[tuple[float, float]]:
    """Of a leader from the bar to its label."""
    return list(zip((label.x, label.x, label.place, label.place), y, strict=True))


class _Wide(_Line):
    """1060 by 232: bidders' dates above the bar, ours below."""

    start, length, top, bottom, margin = 84.0, 966.0, 116, 142, 60

    def __init__(self, points: Sequence[Point], at: datetime, uid: str) -> None:
        super().__init__(points, at, uid)
        self.above = [self._label(point) for point in points if not point.ours]
        self.below = [self._label(point) for point in points if point.ours]
        self.fits = (self._beside_today() or _sweep(self.above, 84, 1060)) and _sweep(self.below, 84, 1060)

    def _beside_today(self) -> bool:
        """Keep the words above clear of today's line; where that is too tight they may lie over it."""
        flag = self.today if self.running else 76
        before = [label for label in self.above if label.x <= flag]
        after = [label for label in self.above if label.x > flag]
        return _sweep(before, self.margin, flag - 8) and _sweep(after, flag + 8, 1060)

    def _label(self, point: Point) -> _Label:
        width = max(len(point.date) * 8.2, len(point.label) * 7.0) + 6
        return _Label(point, self.along(point.at), width)

    def drawn(self) -> str:
        parts = [
            svg.words("Yours", x=0, y=72, class_="s", font_size=17, font_weight="700"),
            svg.words("Ours", x=0, y=200, class_="s", font_size=17, font_weight="700"),
            *self._bar(),
            *self._today(),
            self.leaders(_corners(label, 116, 102, 94, 46) for label in self.above),
            self.leaders(_corners(label, 142, 154, 162, 208) for label in self.below),
            *self.dots((label.point, label.x, self.top) for label in self.above),
            *self.dots((label.point, label.x, self.bottom) for label in self.below),
            *(part for label in self.above for part in self._text(label, 58)),
            *(part for label in self.below for part in self._text(label, 186)),
        ]
        return svg.picture(
            parts,
            uid=f"{self.uid}-w",
            title=self.title,
            desc=self.desc,
            class_="of-timeline__wide",
            viewBox="0 0 1060 232" if self.running else "0 34 1060 180",
        )

    def _bar(self) -> list[str]:
        """The bar, inked up to today; the months are written twice, in white on what has passed."""
        passed = self.today - self.start
        box = {"y": self.top, "height": self.bottom - self.top}
        drawn = [
            svg.element("rect", x=84, width=966, fill=svg.WHITE, stroke=svg.INK, stroke_width=1.5, **box),
            svg.element("rect", x=84, width=passed, fill=svg.INK, **box),
        ]
        halves = (("p", 84.0, passed, svg.WHITE, "w"), ("f", self.today, 1050 - self.today, svg.INK, ""))
        for half, x, width, stroke, tone in halves:
            clip = f"{self.uid}-{half}"
            drawn.append(svg.element("clipPath", svg.element("rect", x=x, width=width, **box), id=clip))
            drawn.append(
                svg.element("g", *self._months(x, x + width, stroke, tone), clip_path=f"url(#{clip})")
            )
        return drawn

    def _months(self, start: float, end: float, stroke: str, tone: str) -> list[str]:
        """Of this stretch: a tick at the turn of each month, and its name where there is room for it."""
        months = _months(self.first, self.last)
        ticks, names, toned = "", [], {"class_": tone} if tone else {}
        for month, following in zip(months, [*months[1:], self.last], strict=True):
            x, next_x = self.along(month), self.along(following)
            if next_x < start or x > end:
                continue
            if month > self.first:
                ticks += f"M{svg.short(x)},{self.top}V{self.bottom}"
            if name := _named(month, room=next_x - x - 8):
                names.append(svg.words(name, x=x + 6, y=134, **toned))
        drawn = [svg.element("path", d=ticks, stroke=stroke, opacity=0.55)] if ticks else []
        return [*drawn, svg.element("g", *names, font_size=14)]

    def _text(self, label: _Label, y: int) -> list[str]:
        place = label.place - 6 if label.flipped else label.place + 6
        common = {"x": place} | ({"text_anchor": "end"} if label.flipped else {})
        return [
            svg.words(label.point.date, y=y, font_size=15, class_="b h", **common),
            svg.words(label.point.label, y=y + 19, font_size=14, class_="h", **common),
        ]

    def _today(self) -> list[str]:
        if not self.running:
            return []
        words, x = f"Today, {_short_day(self.at)}", self.today
        width = 8.2 * len(words) + 15
        left = min(max(x - width / 2, 0), 1060 - width)
        return [
            svg.element("line", x1=x, x2=x, y1=22, y2=151, stroke=svg.STAMP, stroke_width=4),
            svg.element("rect", x=left, y=2, width=width, height=26, fill=svg.STAMP),
            svg.words(words, x=left + width / 2, y=20, font_size=15, class_="w b", text_anchor="middle"),
        ]


def _named(month: datetime, room: float) -> str:
    """Feb; Jan 2027, for the new year's; nothing where there is no room."""
    local = in_london(month)
    name = MONTHS[local.month - 1][:3]
    names = [f"{name} {local.year}", name] if local.month == 1 else [name]
    return next((each for each in names if 8 * len(each) <= room), "")


def _months(first: datetime, last: datetime) -> list[datetime]:
    """The first moment, then the first of each month in London."""
    month, found = in_london(first), [first]
    while True:
        begins = month.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        turn = (begins + timedelta(days=32)).replace(day=1)
        if turn >= last:
            return found
        found.append(turn)
        month = turn


def _sweep(labels: list[_Label], left: float, right: float) -> bool:
    """Give each label a place of its own between the bounds, near its date; False when they do not fit."""
    cursor = left
    for label in labels:
        start = max(label.x, cursor)
        label.flipped = start + label.width > right and label.x - label.width >= cursor
        label.place = label.x if label.flipped else start
        cursor = label.place + (0 if label.flipped else label.width) + 14
    for label in reversed(labels):
        if not label.flipped and label.place + label.width > right:
            label.place = right - label.width
        right = (label.place - label.width if label.flipped else label.place) - 14
    return not labels or right + 14 >= left - 0.5


class _Tall(_Line):
    """343 wide, as high as its dates need: the bar at the left, a line a date."""

    start = 20.0

    def __init__(self, points: Sequence[Point], at: datetime, uid: str) -> None:
        super().__init__(points, at, uid)
        self.height = 52 * (len(points) + 1) + 20
        self.length = self.height - 46

    def _rows(self) -> list[tuple[float, Point | None]]:
        """Each date, and today as None, with the height at which its words stand."""
        rows: list[tuple[float, Point | None]] = [(self.along(point.at), point) for point in self.points]
        if self.running:
            rows.append((self.today, None))
        rows.sort(key=lambda row: row[0])
        places = [y for y, _ in rows]
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + 36)
        places[-1] = min(places[-1], self.height - 22)
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - 36)
        return [(place, point) for place, (_, point) in zip(places, rows, strict=True)]

    def drawn(self) -> str:
        bar = {"x": 7, "y": 2, "width": 14}
        passed = self.today - 2 if self.running else (self.height - 4 if self.at >= self.last else 0)
        parts = [
            svg.element(
                "rect", height=self.height - 4, fill=svg.WHITE, stroke=svg.INK, stroke_width=1.5, **bar
            ),
            svg.element("rect", height=passed, fill=svg.INK, **bar),
        ]
        rows = self._rows()
        parts.append(self.leaders(self._corners(place, point) for place, point in rows if point))
        parts += self.dots((point, 21, self.along(point.at)) for _, point in rows if point)
        for place, point in rows:
            parts += [self._row(place, point)] if point else self._today(place)
        return svg.picture(
            parts,
            uid=f"{self.uid}-t",
            title=self.title,
            desc=self.desc,
            class_="of-timeline__tall",
            viewBox=f"0 0 343 {self.height}",
        )

    def _corners(self, place: float, point: Point) -> list[tuple[float, float]]:
        y = self.along(point.at)
        return [(21, y), (28, y), (46, place), (56, place)]

    def _row(self, place: float, point: Point) -> str:
        date = svg.element("tspan", svg.escape(point.date), class_="b")
        label = svg.element("tspan", svg.escape(point.label), x=166)
        return svg.element("text", date, " ", label, x=62, y=place + 5, font_size=16)

    def _today(self, place: float) -> list[str]:
        words, today = f"Today, {_short_day(self.at)}", svg.short(self.today)
        bend = f"3,{today} 28,{today} 44,{svg.short(place)} 64,{svg.short(place)}"
        return [
            svg.element("polyline", points=bend, fill="none", stroke=svg.STAMP, stroke_width=4),
            svg.element("rect", x=62, y=place - 14, width=8.2 * len(words) + 15, height=28, fill=svg.STAMP),
            svg.words(words, x=71, y=place + 5.5, font_size=15, class_="w b"),
        ]
