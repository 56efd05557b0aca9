"""The arithmetic of the award, held against slower and plainer ways of saying the same."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenders import scoring

WEIGHTS = {"need": 25, "open-data": 25, "approach": 20, "reuse": 20, "value": 10}


def candidate(key, price, scores, number=1000):
    return scoring.Candidate(key, number, Decimal(price), dict(zip(WEIGHTS, scores, strict=True)))


def place(*candidates, pot="160000", most=5):
    return scoring.place(candidates, WEIGHTS, pot=Decimal(pot), most=most)


def test_full_marks_make_one_hundred_and_none_make_nothing():
    assert scoring.total(WEIGHTS, dict.fromkeys(WEIGHTS, 5)) == 100
    assert scoring.total(WEIGHTS, dict.fromkeys(WEIGHTS, 0)) == 0


def test_a_total_keeps_its_fifths_exactly():
    assert str(scoring.total({"a": 33, "b": 33, "c": 34}, {"a": 1, "b": 2, "c": 4})) == "47.0"
    assert str(scoring.total({"a": 33, "b": 67}, {"a": 1, "b": 1})) == "20.0"
    assert str(scoring.total({"a": 33, "b": 67}, {"a": 2, "b": 4})) == "66.8"


@pytest.mark.parametrize(
    "scores", [{"a": 1}, {"a": 1, "b": 2, "c": 3}, {"a": 1, "x": 2}, {"a": 6, "b": 1}, {"a": -1, "b": 1}]
)
def test_only_one_score_from_0_to_5_for_each_published_criterion_counts(scores):
    with pytest.raises(ValueError):
        scoring.total({"a": 50, "b": 50}, scores)


def test_equal_totals_share_a_rank_and_the_next_rank_is_left_out():
    ranks = place(
        candidate("a", 1, [5, 5, 5, 5, 5]),
        candidate("b", 1, [4, 4, 4, 4, 4]),
        candidate("c", 1, [4, 4, 4, 4, 4], number=999),
        candidate("d", 1, [3, 3, 3, 3, 3]),
    )
    assert [(row.candidate.key, row.rank) for row in ranks] == [("a", 1), ("c", 2), ("b", 2), ("d", 4)]


def test_among_equals_the_lower_price_is_fitted_first_then_the_lower_number():
    dear = candidate("dear", 60000, [4] * 5, number=1)
    cheap = candidate("cheap", 50000, [4] * 5, number=9)
    cheap_too = candidate("cheap too", 50000, [4] * 5, number=3)
    rows = place(dear, cheap, cheap_too, pot="100000")
    assert [row.candidate.key for row in rows] == ["cheap too", "cheap", "dear"]
    assert [row.fits for row in rows] == [True, True, False]


def test_what_does_not_fit_the_pot_is_passed_over_and_the_next_one_tried():
    rows = place(
        candidate("first", 90000, [5] * 5),
        candidate("too dear", 80000, [4] * 5),
        candidate("third", 70000, [3] * 5),
    )
    assert [row.fits for row in rows] == [True, False, True]
    assert rows[-1].left_after == 0


def test_no_more_than_the_most_awards_fit():
    rows = place(*[candidate(str(i), 10, [5] * 5, number=i) for i in range(4)], most=3)
    assert [row.fits for row in rows] == [True, True, True, False]


def test_cost_per_point_is_rounded_half_up_and_never_divides_by_nothing():
    assert scoring.cost_per_point(Decimal("45370.50"), Decimal("73.6")) == Decimal("616.45")
    assert scoring.cost_per_point(Decimal(1), Decimal(8)) == Decimal("0.13")
    assert scoring.cost_per_point(Decimal(100), Decimal(0)) is None


@st.composite
def tenders(draw):
    count = draw(st.integers(1, 6))
    cuts = sorted(draw(st.lists(st.integers(1, 99), min_size=count - 1, max_size=count - 1, unique=True)))
    edges = [0, *cuts, 100]
    weights = {f"c{i}": edges[i + 1] - edges[i] for i in range(count)}
    scores = st.fixed_dictionaries({code: st.integers(0, 5) for code in weights})
    pence = st.integers(1, 90_000_00)
    rows = draw(st.lists(st.tuples(pence, scores), min_size=1, max_size=12))
    numbers = draw(st.permutations(range(1000, 1000 + len(rows))))
    candidates = [
        scoring.Candidate(str(i), numbers[i], Decimal(price).scaleb(-2), given)
        for i, (price, given) in enumerate(rows)
    ]
    return weights, candidates, Decimal(draw(pence)).scaleb(-2) * 2, draw(st.integers(1, 6))


@given(tenders())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_the_ranking_is_what_fractions_say(world):
    weights, candidates, pot, most = world
    rows = scoring.place(candidates, weights, pot=pot, most=most)
    exact = {
        c.key: sum(Fraction(weights[code] * score, 5) for code, score in c.scores.items()) for c in candidates
    }
    assert sorted(row.candidate.key for row in rows) == sorted(exact)
    for row in rows:
        assert Fraction(row.total) == exact[row.candidate.key]
        assert row.rank == 1 + sum(other > exact[row.candidate.key] for other in exact.values())


@given(tenders())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_what_fits_keeps_the_rule(world):
    weights, candidates, pot, most = world
    rows = scoring.place(candidates, weights, pot=pot, most=most)
    fitted = [row for row in rows if row.fits]
    assert sum(row.candidate.price for row in fitted) <= pot
    assert len(fitted) <= most
    for place_in_line, row in enumerate(rows):
        before = [r for r in rows[:place_in_line] if r.fits]
        room = len(before) < most and sum(r.candidate.price for r in before) + row.candidate.price <= pot
        assert row.fits == room
    assert scoring.place(reversed(candidates), weights, pot=pot, most=most) == rows


def test_below_a_least_score_nothing_is_awarded_whatever_the_total():
    rows = scoring.place(
        [candidate("best", 50000, [5, 5, 5, 5, 1]), candidate("next", 50000, [3, 3, 3, 3, 3])],
        WEIGHTS,
        pot=Decimal(160000),
        most=5,
        least={"value": 2, "need": 3},
    )
    assert [(row.candidate.key, row.rank, row.fits, row.below) for row in rows] == [
        ("best", 1, False, ("value",)),
        ("next", 2, True, ()),
    ]
    assert rows[0].left_after == 160000
