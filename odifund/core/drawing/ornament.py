"""Printer's flowers for a pattern, drawn from its slug: the same slug always gives the same band.

Nine columns of three square tiles, the right half the mirror of the left, one pair of tiles in stamp.
"""

from hashlib import sha256

from odifund.core.drawing import svg

SIDE, COLUMNS, ROWS = 40, 9, 3
MIDDLE = COLUMNS // 2

# A tile is a start inside the square and commands with relative ends; arcs carry their radius.
Step = tuple[str, float, float, float]
QUARTER = ((0.0, 0.0), (("l", 40, 0, 0), ("a", -40, 40, 40)))
ARCH = ((40.0, 0.0), (("a", -40, 40, 40), ("l", 0, -12.8, 0), ("b", 27.2, -27.2, 27.2)))
TRIANGLE = ((0.0, 0.0), (("l", 40, 0, 0), ("l", -40, 40, 0)))
BAR = ((0.0, 0.0), (("l", 40, 0, 0), ("l", 0, 11.2, 0), ("l", -40, 0, 0)))
LOWER_BAR = ((0.0, 22.4), BAR[1])
TILES = {"quarter": (QUARTER,), "arch": (ARCH,), "triangle": (TRIANGLE,), "bars": (BAR, LOWER_BAR)}
RING = "a14 14 0 1 1-28 0 14 14 0 0 1 28 0zm-6.4 0a7.6 7.6 0 1 0-15.2 0 7.6 7.6 0 0 0 15.2 0z"
FAMILIES = (
    ("bars", "arch", "quarter"),
    ("triangle", "ring", "quarter"),
    ("arch", "quarter", "bars"),
    ("quarter", "ring", "triangle"),
    ("arch", "ring", "quarter"),
    ("bars", "triangle", "quarter"),
)


class _Chance:
    """Numbers that only depend on the slug."""

    def __init__(self, slug: str) -> None:
        self.seed, self.used = slug.encode(), 0

    def below(self, limit: int) -> int:
        self.used += 1
        digest = sha256(self.seed + b"\0" + str(self.used).encode()).digest()
        return int.from_bytes(digest[:4], "big") % limit


def _turn(x: float, y: float, quarters: int) -> tuple[float, float]:
    for _ in range(quarters):
        x, y = -y, x
    return x, y


def _step(step: Step, quarters: int) -> str:
    command, dx, dy, radius = step
    x, y = _turn(dx, dy, quarters)
    end = f"{svg.short(x)} {svg.short(y)}"
    if command == "l":
        return f"l{end}"
    return f"a{svg.short(radius)} {svg.short(radius)} 0 0 {1 if command == 'a' else 0} {end}"


def _tile(kind: str, column: int, row: int, quarters: int) -> str:
    left, top, half = column * SIDE, row * SIDE, SIDE / 2
    if kind == "ring":
        return f"M{left + 34} {top + 20}{RING}"
    drawn = ""
    for (x, y), steps in TILES[kind]:
        turned = _turn(x - half, y - half, quarters)
        drawn += f"M{svg.short(left + half + turned[0])} {svg.short(top + half + turned[1])}"
        drawn += "".join(_step(step, quarters) for step in steps) + "z"
    return drawn


def _half(slug: str) -> tuple[list[str], list[str], str]:
    """The tiles left of the middle, those of the middle column, and the one in stamp."""
    chance = _Chance(slug)
    family = FAMILIES[chance.below(len(FAMILIES))]
    marked = chance.below(MIDDLE * ROWS)
    left: list[str] = []
    middle: list[str] = []
    stamped = ""
    for place in range((MIDDLE + 1) * ROWS):
        column, row = divmod(place, ROWS)
        kind = family[chance.below(len(family))]
        tile = _tile(kind, column, row, chance.below(4))
        if place == marked:
            stamped = tile
        elif chance.below(7):
            (middle if column == MIDDLE else left).append(tile)
    return left, middle, stamped


def ornament(slug: str) -> str:
    """The band, 360 by 120, hidden from screen readers: the title beside it names the pattern."""
    left, middle, stamped = _half(slug)
    mirror = f"matrix(-1 0 0 1 {COLUMNS * SIDE} 0)"
    ink, stamp = "".join(left), {"fill": svg.STAMP, "stroke": svg.STAMP}
    parts = [
        svg.element("path", d="".join(middle)) if middle else "",
        svg.element("path", d=ink),
        svg.element("path", d=ink, transform=mirror),
        svg.element("path", d=stamped, **stamp),
        svg.element("path", d=stamped, transform=mirror, **stamp),
    ]
    group = svg.element("g", *parts, fill=svg.INK, stroke=svg.INK, stroke_width=0.6)
    return svg.ornament([group], viewBox=f"0 0 {COLUMNS * SIDE} {ROWS * SIDE}")
