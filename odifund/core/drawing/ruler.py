"""Money against the pot, laid on a ruler: what is taken end to end, and what is left."""

from collections.abc import Sequence
from decimal import Decimal

from odifund.core.drawing import svg
from odifund.core.wording import pounds


def _step(pot: Decimal) -> Decimal:
    """A round sum that gives four to ten marks."""
    size = Decimal(10) ** (len(str(int(pot))) - 1)
    for share in (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), Decimal(1), Decimal(2)):
        if pot / (size * share) <= 10:
            return size * share
    return size * 5


def _marks(pot: Decimal, scale: Decimal) -> list[str]:
    """The ruler's own marks, each second one long with its sum; none meets the sum at the end."""
    step, drawn, at, count = _step(pot), [], Decimal(0), 0
    while at <= pot:
        x = svg.percent(float(at), float(scale))
        long = count % 2 == 0 and (at == 0 or pot - at >= pot / 4)
        drawn.append(svg.element("line", x1=x, x2=x, y1=54, y2=64 if long else 59, stroke=svg.INK))
        if long:
            anchor = "start" if at == 0 else "middle"
            drawn.append(svg.words(pounds(at), x=x, y=80, font_size=14, text_anchor=anchor, class_="q"))
        at, count = at + step, count + 1
    end = svg.percent(float(pot), float(scale))
    drawn.append(svg.words(pounds(pot), x=end, y=80, font_size=14, text_anchor="end", class_="q"))
    return drawn


def _parts(parts: Sequence[tuple[str, Decimal]], pot: Decimal, scale: Decimal, uid: str) -> list[str]:
    """One block an award; a block that reaches past the pot is hatched and framed in red."""
    drawn, start = [], Decimal(0)
    for name, amount in parts:
        over = start + amount > pot
        drawn.append(
            svg.element(
                "rect",
                svg.element("title", svg.escape(f"{name}: {pounds(amount)}")),
                x=svg.percent(float(start), float(scale)),
                y=26,
                width=svg.percent(float(amount), float(scale)),
                height=28,
                fill=f"url(#{uid}-hatch)" if over else svg.INK,
                stroke=svg.RED if over else svg.WHITE,
                stroke_width=2,
            )
        )
        start += amount
    return drawn


def ruler(pot: Decimal, parts: Sequence[tuple[str, Decimal]], *, live: bool = False, uid: str = "pot") -> str:
    """`parts` are (name, amount) in their order; the words beside the drawing name them too.

    What is left is drawn as live only while somebody chooses.
    """
    taken = sum((amount for _, amount in parts), Decimal(0))
    scale = max(pot, taken)
    rest = f"{pounds(pot - taken)} left" if taken <= pot else f"{pounds(taken - pot)} too much"
    end = svg.percent(float(pot), float(scale))
    tone = ("a b" if live else "b") if taken <= pot else "r b"
    edge = svg.STAMP if live else svg.INK
    return svg.picture(
        [
            svg.element("defs", svg.hatch(f"{uid}-hatch")),
            svg.words(f"{pounds(taken)} of {pounds(pot)}", x=0, y=16, font_size=16, class_="b"),
            svg.words(rest, x="100%", y=16, font_size=15, text_anchor="end", class_=tone),
            svg.element(
                "rect", x=0, y=26, width=end, height=28, fill=svg.WHITE, stroke=svg.INK, stroke_width=1
            ),
            *_parts(parts, pot, scale, uid),
            *_marks(pot, scale),
            svg.element("line", x1=end, x2=end, y1=20, y2=66, stroke=edge, stroke_width=4),
        ],
        uid=uid,
        title=f"{pounds(taken)} of {pounds(pot)}, {rest}",
        class_="of-ruler",
        width="100%",
        height=86,
    )
