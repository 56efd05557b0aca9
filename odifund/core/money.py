"""Money: pounds and pence in Decimal, without VAT. Whatever divides goes through here."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PENNY = Decimal("0.01")


def to_pence(amount: Decimal) -> Decimal:
    """The amount rounded half up to a penny."""
    return amount.quantize(PENNY, ROUND_HALF_UP)


def share_out(total: Decimal, weights: Sequence[int | Decimal]) -> list[Decimal]:
    """Divide a sum by weights so that the parts add up (largest remainder; ties to the earlier).

    Raises ValueError when the weights add to nothing or one is negative.
    """
    whole = sum(Decimal(weight) for weight in weights)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights are positive and add to something")
    pence = int(to_pence(total) / PENNY)
    exact = [Decimal(pence) * Decimal(weight) / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: pence - sum(parts)]:
        parts[i] += 1
    return [part * PENNY for part in parts]
