"""Scores on their scale: where each evaluator stood, and what the panel agreed."""

from collections import Counter
from collections.abc import Sequence

from odifund.core.drawing import svg

STEP, LEFT = 30, 14


def spread(scores: Sequence[int], agreed: int | None = None, *, top: int = 5, uid: str = "spread") -> str:
    """One ring an evaluator, piled up where they agree; the agreed score is the block in stamp."""
    counts = Counter(scores)
    base = 12 + 11 * max([*counts.values(), 1])
    parts = _axis(top, base)
    if agreed is not None:
        parts.append(
            svg.element("rect", x=LEFT + STEP * agreed - 8, y=base - 2, width=16, height=5, fill=svg.STAMP)
        )
    ring: dict[str, svg.Attribute] = {"r": 4, "fill": svg.WHITE, "stroke": svg.INK, "stroke_width": 2}
    for score, count in sorted(counts.items()):
        for place in range(count):
            parts.append(svg.element("circle", cx=LEFT + STEP * score, cy=base - 9 - 11 * place, **ring))
    said = "Scores " + ", ".join(str(score) for score in sorted(scores))
    title = said + ("" if agreed is None else f"; agreed {agreed}")
    size = f"0 0 {LEFT * 2 + STEP * top} {base + 24}"
    return svg.picture(parts, uid=uid, title=title, viewBox=size, class_="of-spread")


def _axis(top: int, base: int) -> list[str]:
    drawn = [svg.element("line", x1=LEFT, x2=LEFT + STEP * top, y1=base, y2=base, stroke=svg.INK)]
    for score in range(top + 1):
        x = LEFT + STEP * score
        drawn.append(svg.element("line", x1=x, x2=x, y1=base, y2=base + 5, stroke=svg.INK))
        drawn.append(svg.words(str(score), x=x, y=base + 20, font_size=13, text_anchor="middle", class_="q"))
    return drawn
