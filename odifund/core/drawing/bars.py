"""Money and weights as bars: a price against its ceiling, members on the same scale, a weight, time gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from odifund.core.drawing import svg
from odifund.core.wording import pounds


@dataclass(frozen=True)
class Member:
    """What one organisation costs, by kind."""

    name: str
    amounts: tuple[tuple[str, Decimal], ...]

    @property
    def total(self) -> Decimal:
        return sum((amount for _, amount in self.amounts), Decimal(0))


def _fills(uid: str) -> list[str]:
    """Ink, hatch, grey, dots, stripes, white and light stripes: told apart on a photocopy."""
    patterns = [f"url(#{uid}-{name})" for name in ("hatch", "dots", "stripes", "rules")]
    hatch, dots, stripes, rules = patterns
    return [svg.INK, hatch, svg.GREY, dots, stripes, svg.WHITE, rules]


def _patterns(uid: str) -> list[str]:
    return [
        svg.hatch(f"{uid}-hatch"),
        svg.dots(f"{uid}-dots"),
        svg.stripes(f"{uid}-stripes", 3),
        svg.stripes(f"{uid}-rules", 7),
    ]


def _row(amounts: Sequence[Decimal], scale: Decimal, uid: str, y: int, height: int) -> list[str]:
    """One bar made of its kinds, from the left edge."""
    drawn, start = [], Decimal(0)
    for amount, fill in zip(amounts, _fills(uid), strict=False):
        if amount:
            drawn.append(
                svg.element(
                    "rect",
                    x=svg.percent(float(start), float(scale)),
                    y=y,
                    width=svg.percent(float(amount), float(scale)),
                    height=height,
                    fill=fill,
                    stroke=svg.INK,
                    stroke_width=1,
                )
            )
        start += amount
    return drawn


def _kinds(members: Sequence[Member]) -> list[str]:
    """The kinds of cost in the order in which they first appear."""
    return list(dict.fromkeys(kind for member in members for kind, _ in member.amounts))


def _by_kind(amounts: Sequence[tuple[str, Decimal]], kinds: Sequence[str]) -> list[Decimal]:
    return [sum((amount for name, amount in amounts if name == kind), Decimal(0)) for kind in kinds]


def _ceiling(ceiling: Decimal, scale: Decimal, height: int) -> list[str]:
    """The highest price: a dotted line through all bars, and its words at the top."""
    at = svg.percent(float(ceiling), float(scale))
    line = {"x1": at, "x2": at, "stroke": svg.STAMP}
    return [
        svg.words(
            f"Highest price {pounds(ceiling)}", x="100%", y=16, font_size=15, text_anchor="end", class_="a b"
        ),
        svg.element("line", y1=20, y2=height, stroke_width=2, stroke_dasharray="2 4", **line),
        svg.element("line", y1=22, y2=60, stroke_width=4, **line),
    ]


def _member(member: Member, kinds: Sequence[str], scale: Decimal, uid: str, y: int) -> list[str]:
    end = svg.percent(float(member.total), float(scale))
    inside = member.total * 10 > scale * 8
    place = {"x": "100%", "text_anchor": "end"} if inside else {"x": end, "dx": 8}
    return [
        svg.words(member.name, x=0, y=y, font_size=15),
        *_row(_by_kind(member.amounts, kinds), scale, uid, y + 8, 16),
        svg.words(pounds(member.total), y=y if inside else y + 21, font_size=15, class_="b h", **place),
    ]


def cost_bars(members: Sequence[Member], ceiling: Decimal, *, uid: str = "costs") -> str:
    """The price against the highest price, then each member on the same scale, then the key."""
    kinds = _kinds(members)
    whole = [pair for member in members for pair in member.amounts]
    price = sum((amount for _, amount in whole), Decimal(0))
    scale = max(price, ceiling)
    height = 78 + 54 * len(members)
    frame = svg.element(
        "rect",
        x=0,
        y=26,
        width=svg.percent(float(ceiling), float(scale)),
        height=30,
        fill=svg.WHITE,
        stroke=svg.STAMP,
        stroke_width=2,
    )
    rows = [part for i, m in enumerate(members) for part in _member(m, kinds, scale, uid, 92 + 54 * i)]
    picture = svg.picture(
        [
            svg.element("defs", *_patterns(uid)),
            svg.words(f"Price {pounds(price)}", x=0, y=16, font_size=16, class_="b"),
            frame,
            *_row(_by_kind(whole, kinds), scale, uid, 26, 30),
            *_ceiling(ceiling, scale, height),
            *rows,
        ],
        uid=uid,
        title="Costs as bars. The table of totals gives the same figures.",
        width="100%",
        height=height,
    )
    return picture + _key(members, kinds, uid)


def _key(members: Sequence[Member], kinds: Sequence[str], uid: str) -> str:
    """The fills of the kinds that cost something here; a kind keeps its fill on every page."""
    swatch: dict[str, svg.Attribute] = {"x": 0.5, "y": 0.5, "width": 21, "height": 13, "stroke": svg.INK}
    costing = {kind for member in members for kind, amount in member.amounts if amount}
    items = [
        svg.element("li", svg.ornament([svg.element("rect", fill=fill, **swatch)]), svg.escape(kind))
        for kind, fill in zip(kinds, _fills(uid), strict=False)
        if kind in costing
    ]
    return svg.element("ul", *items, class_="of-key") if items else ""


def meter(value: float, of: float) -> str:
    """A weight as a bar beside its figure."""
    bar = svg.element("rect", width=svg.percent(min(value, of), of), height=10, fill=svg.INK)
    return svg.ornament([bar], class_="of-meter")


def gone(start: datetime, end: datetime, at: datetime) -> str:
    """How much of the time from start to end has gone: a thin line under the strip of a proposal."""
    passed = min(max((at - start) / (end - start), 0.0), 1.0) if end > start else 1.0
    bar = svg.element("rect", width=svg.percent(passed, 1), height=3, fill=svg.STAMP)
    return svg.ornament([bar], class_="of-gone")
