"""Money that is divided adds up again, to the penny."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core import money

sums = some.decimals(min_value=0, max_value=10**9, places=2)
weights = some.lists(some.integers(min_value=0, max_value=10**6), min_size=1, max_size=12).filter(any)


@given(sums, weights)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_parts_add_up_and_none_is_a_penny_off_its_share(total, weights):
    parts = money.share_out(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < money.PENNY
        assert part.as_tuple().exponent == -2


@given(sums, weights)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_larger_weight_never_gets_less_and_none_gets_nothing(total, weights):
    shares = sorted(zip(weights, money.share_out(total, weights), strict=True))
    assert [part for _, part in shares] == sorted(part for _, part in shares)
    assert all(part == 0 for weight, part in shares if weight == 0)


def test_a_tie_goes_to_the_earlier():
    assert money.share_out(Decimal("0.02"), [1, 1, 1]) == [Decimal("0.01"), Decimal("0.01"), Decimal("0.00")]


def test_half_of_an_odd_price():
    assert money.share_out(Decimal("53333.33"), [50, 50]) == [Decimal("26666.67"), Decimal("26666.66")]


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_share_nothing_out_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        money.share_out(Decimal(1), weights)


def test_half_a_penny_is_rounded_up():
    assert money.to_pence(Decimal("0.005")) == Decimal("0.01")
    assert money.to_pence(Decimal("2.675")) == Decimal("2.68")
