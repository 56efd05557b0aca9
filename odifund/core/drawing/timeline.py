"""A tender's timetable as a line: months or years as a ruler, what has passed inked in, today in stamp.

The bidders' dates stand above, ours below; labels are swept apart and tied to their dates with leaders. Two
drawings of the same line, one wide and one tall for narrow pages; where the wide one would be too crowded the
tall one serves every width. Always with its table, which gives every date in words.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core.drawing import svg
from odifund.core.drawing.axis import Axis
from odifund.core.drawing.labels import Label, leader, sweep
from odifund.core.wording import plain_day


@dataclass(frozen=True)
class Point:
    """A date. `label` is two or three words; `ours` stands below the line; `timed` shows the hour too."""

    at: datetime
    label: str
    ours: bool = False
    timed: bool = False


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
        self.axis = Axis(points[0].at, points[-1].at)
        self.running = self.axis.first < at < self.axis.last

    def along(self, moment: datetime) -> float:
        return self.start + self.length * self.axis.share(moment)

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

    def date(self, point: Point) -> str:
        return self.axis.date(point.at, timed=point.timed)

    @property
    def today_in_words(self) -> str:
        return f"Today, {self.axis.date(self.at)}"

    def dots(self, places: Iterable[tuple[datetime, float, float]]) -> Iterator[str]:
        """A square a date, in two paths: inked where it has passed, else open."""
        drawn = {svg.INK: "", svg.WHITE: ""}
        for at, x, y in places:
            square = f"M{svg.short(x - 4.5)},{svg.short(y - 4.5)}h9v9h-9z"
            drawn[svg.INK if at <= self.at else svg.WHITE] += square
        for fill, path in drawn.items():
            if path:
                yield svg.element("path", d=path, fill=fill, stroke=svg.INK, stroke_width=2)

    def leaders(self, lines: Iterable[Sequence[tuple[float, float]]]) -> str:
        """Every leader in one path: what they share is written once."""
        path = "".join("M" + " ".join(f"{svg.short(x)},{svg.short(y)}" for x, y in line) for line in lines)
        return svg.element("path", d=path, fill="none", stroke=svg.INK)


class _Wide(_Line):
    """1060 by 232: bidders' dates above the bar, ours below."""

    start, length, top, bottom, margin = 84.0, 966.0, 116, 142, 60

    def __init__(self, points: Sequence[Point], at: datetime, uid: str) -> None:
        super().__init__(points, at, uid)
        self.above = [self._label(point) for point in points if not point.ours]
        self.below = [self._label(point) for point in points if point.ours]
        self.fits = (self._beside_today() or sweep(self.above, 84, 1060)) and sweep(self.below, 84, 1060)

    def _beside_today(self) -> bool:
        """Keep the words above clear of today's line; where that is too tight they may lie over it."""
        flag = self.today if self.running else 76
        before = [label for label in self.above if label.x <= flag]
        after = [label for label in self.above if label.x > flag]
        return sweep(before, self.margin, flag - 8) and sweep(after, flag + 8, 1060)

    def _label(self, point: Point) -> Label:
        return Label(point.at, self.date(point), point.label, self.along(point.at))

    def drawn(self) -> str:
        parts = [
            svg.words("Yours", x=0, y=72, class_="s", font_size=17, font_weight="700"),
            svg.words("Ours", x=0, y=200, class_="s", font_size=17, font_weight="700"),
            *self._bar(),
            *self._today(),
            self.leaders(leader(label, 116, 102, 94, 46) for label in self.above),
            self.leaders(leader(label, 142, 154, 162, 208) for label in self.below),
            *self.dots((label.at, label.x, self.top) for label in self.above),
            *self.dots((label.at, label.x, self.bottom) for label in self.below),
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
        """The bar, inked up to today; months or years are written twice, in white on what has passed."""
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
                svg.element("g", *self._ruled(x, x + width, stroke, tone), clip_path=f"url(#{clip})")
            )
        return drawn

    def _ruled(self, start: float, end: float, stroke: str, tone: str) -> list[str]:
        """Of this half: a tick at the turn of each month or year, and its name where there is room for it."""
        ticks, names, toned = "", [], {"class_": tone} if tone else {}
        for begins, ends in self.axis.stretches():
            x, next_x = self.along(begins), self.along(ends)
            if next_x < start or x > end:
                continue
            if begins > self.axis.first:
                ticks += f"M{svg.short(x)},{self.top}V{self.bottom}"
            if name := self.axis.name(begins, room=next_x - x - 8):
                names.append(svg.words(name, x=x + 6, y=134, **toned))
        drawn = [svg.element("path", d=ticks, stroke=stroke, opacity=0.55)] if ticks else []
        return [*drawn, svg.element("g", *names, font_size=14)]

    def _text(self, label: Label, y: int) -> list[str]:
        place = label.place - 6 if label.flipped else label.place + 6
        common = {"x": place} | ({"text_anchor": "end"} if label.flipped else {})
        return [
            svg.words(label.date, y=y, font_size=15, class_="b h", **common),
            svg.words(label.words, y=y + 19, font_size=14, class_="h", **common),
        ]

    def _today(self) -> list[str]:
        if not self.running:
            return []
        words, x = self.today_in_words, self.today
        width = 8.2 * len(words) + 15
        left = min(max(x - width / 2, 0), 1060 - width)
        return [
            svg.element("line", x1=x, x2=x, y1=22, y2=151, stroke=svg.STAMP, stroke_width=4),
            svg.element("rect", x=left, y=2, width=width, height=26, fill=svg.STAMP),
            svg.words(words, x=left + width / 2, y=20, font_size=15, class_="w b", text_anchor="middle"),
        ]


class _Tall(_Line):
    """343 wide, as high as its dates need: the bar at the left, a line a date."""

    start = 20.0

    def __init__(self, points: Sequence[Point], at: datetime, uid: str) -> None:
        super().__init__(points, at, uid)
        self.row = 46 if self.axis.says_years else 36
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
            places[i] = max(places[i], places[i - 1] + self.row)
        places[-1] = min(places[-1], self.height - 22)
        for i in range(len(places) - 2, -1, -1):
            places[i] = min(places[i], places[i + 1] - self.row)
        return [(place, point) for place, (_, point) in zip(places, rows, strict=True)]

    def drawn(self) -> str:
        bar = {"x": 7, "y": 2, "width": 14}
        passed = self.today - 2 if self.running else (self.height - 4 if self.at >= self.axis.last else 0)
        parts = [
            svg.element(
                "rect", height=self.height - 4, fill=svg.WHITE, stroke=svg.INK, stroke_width=1.5, **bar
            ),
            svg.element("rect", height=passed, fill=svg.INK, **bar),
        ]
        rows = self._rows()
        parts.append(self.leaders(self._leader(place, point) for place, point in rows if point))
        parts += self.dots((point.at, 21, self.along(point.at)) for _, point in rows if point)
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

    def _leader(self, place: float, point: Point) -> list[tuple[float, float]]:
        y = self.along(point.at)
        return [(21, y), (28, y), (46, place), (56, place)]

    def _row(self, place: float, point: Point) -> str:
        """The date with its words beside it; under it where it says its year, which leaves no room beside."""
        under = self.axis.says_years
        beneath = {"x": 62, "dy": 19} if under else {"x": 166}
        date = svg.element("tspan", svg.escape(self.date(point)), class_="b")
        label = svg.element("tspan", svg.escape(point.label), **beneath)
        return svg.element("text", date, " ", label, x=62, y=place - 4 if under else place + 5, font_size=16)

    def _today(self, place: float) -> list[str]:
        words, today = self.today_in_words, svg.short(self.today)
        bend = f"3,{today} 28,{today} 44,{svg.short(place)} 64,{svg.short(place)}"
        return [
            svg.element("polyline", points=bend, fill="none", stroke=svg.STAMP, stroke_width=4),
            svg.element("rect", x=62, y=place - 14, width=8.2 * len(words) + 15, height=28, fill=svg.STAMP),
            svg.words(words, x=71, y=place + 5.5, font_size=15, class_="w b"),
        ]
