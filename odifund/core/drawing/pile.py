"""An evaluator's pile: one mark a proposal, so that what is left can be seen without counting."""

from collections.abc import Sequence
from typing import Literal

from odifund.core.drawing import svg

Mark = Literal["done", "now", "settled", "open", "blocked"]


def _mark(mark: Mark, place: int, step: float, uid: str) -> str:
    fill = {"now": svg.STAMP, "open": svg.WHITE, "blocked": f"url(#{uid}-hatch)"}.get(mark, svg.INK)
    tall = mark in ("now", "settled")
    return svg.element(
        "rect",
        x=f"{svg.short(place * step)}%",
        y=0 if tall else 4,
        width=f"{svg.short(step * 0.74)}%",
        height=22 if tall else 14,
        fill=fill,
        **({"stroke": svg.STAMP} if mark == "now" else {}),
    )


def _sentence(marks: Sequence[Mark]) -> str:
    here = next((place for place, mark in enumerate(marks, 1) if mark in ("now", "settled")), None)
    said = [f"{marks.count('done') + marks.count('settled')} of {len(marks)} proposals scored"]
    if here:
        said.append(f"you are on number {here}")
    if blocked := marks.count("blocked"):
        said.append(f"{blocked} blocked by an interest you declared")
    return "; ".join(said) + "."


def pile(marks: Sequence[Mark], *, uid: str = "pile") -> str:
    """Inked is scored, tall the one before you, in stamp while its scores can change; hatched is blocked."""
    step = min(100 / max(len(marks), 1), 7)
    drawn = [_mark(mark, place, step, uid) for place, mark in enumerate(marks)]
    hatch = svg.element("defs", svg.hatch(f"{uid}-hatch", 5))
    marked = svg.element("g", *drawn, stroke=svg.INK, stroke_width=1)
    return svg.picture([hatch, marked], uid=uid, title=_sentence(marks), class_="of-pile")
