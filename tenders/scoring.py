"""The arithmetic of the award: totals, ranks and what fits the pot. Pure and exact.

The published rule: total = sum of weight x score / 5; equal totals share a rank; awards go down
the ranking while the pot lasts, passing over what does not fit and what is below a criterion's least
score, up to the most the tender allows.
Among equal totals the lower price comes first, then the lower public number, drawn at random.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

BEST = 5


@dataclass(frozen=True)
class Candidate:
    """An eligible proposal with its agreed scores, by code of the criterion."""

    key: str
    number: int
    price: Decimal
    scores: Mapping[str, int]


@dataclass(frozen=True)
class Placed:
    """A candidate in its place: total, shared rank, and whether it fits the pot by the rule."""

    candidate: Candidate
    total: Decimal
    rank: int
    fits: bool
    left_after: Decimal
    """What the rule leaves of the pot after this one."""
    below: tuple[str, ...] = ()
    """The criteria, by code, in which it is below the least score: it is not awarded."""


def total(weights: Mapping[str, int], scores: Mapping[str, int]) -> Decimal:
    """Sum of weight x score / 5, exact to its one decimal place.

    Raises ValueError when the scores are not exactly one for each criterion, from 0 to 5.
    """
    if scores.keys() != weights.keys():
        raise ValueError("one score for each criterion, and no other")
    if any(not 0 <= score <= BEST for score in scores.values()):
        raise ValueError("scores go from 0 to 5")
    fifths = sum(weight * scores[code] for code, weight in weights.items())
    return Decimal(fifths * 2).scaleb(-1)


def cost_per_point(price: Decimal, points: Decimal) -> Decimal | None:
    """Pounds for each point of the total, to the penny; none for a total of nothing. Information only."""
    if not points:
        return None
    pence = Fraction(price) * 100 / Fraction(points)
    return Decimal(int(pence + Fraction(1, 2))).scaleb(-2)


def place(
    candidates: Iterable[Candidate],
    weights: Mapping[str, int],
    *,
    pot: Decimal,
    most: int,
    least: Mapping[str, int] | None = None,
) -> list[Placed]:
    """The ranking, best first, with what fits the pot by the published rule. `least` scores are by code."""
    totals = [(total(weights, candidate.scores), candidate) for candidate in candidates]
    totals.sort(key=lambda pair: (-pair[0], pair[1].price, pair[1].number))
    placed: list[Placed] = []
    left, room = pot, most
    for order, (points, candidate) in enumerate(totals, start=1):
        shares = bool(placed) and placed[-1].total == points
        below = tuple(code for code, score in (least or {}).items() if candidate.scores[code] < score)
        fits = not below and room > 0 and candidate.price <= left
        if fits:
            left, room = left - candidate.price, room - 1
        placed.append(Placed(candidate, points, placed[-1].rank if shares else order, fits, left, below))
    return placed
