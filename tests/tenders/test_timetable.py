"""The timetable as pairs of moment and consequence: pure, so without a database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tenders import timetable
from tenders.timetable import Owed

LONDON = ZoneInfo("Europe/London")


def five(*day):
    return datetime(*day, 17, tzinfo=LONDON)


DATES = {
    "publish_on": date(2017, 8, 17),
    "questions_close_at": five(2017, 9, 1),
    "answers_due_at": five(2017, 9, 15),
    "proposals_close_at": five(2017, 9, 22),
    "decision_on": date(2017, 9, 28),
    "contracts_on": date(2017, 10, 2),
    "starts_on": date(2017, 10, 2),
}
OWED = (
    Owed("workshop", "Kick-off workshop", five(2017, 10, 10), is_event=True),
    Owed("blog", "Set-up blog", five(2017, 10, 16)),
    Owed("halfway", "Halfway review", five(2017, 12, 11), 50),
    Owed("report", "Report", five(2018, 2, 15), 50),
    Owed("pattern", "At least two patterns", five(2018, 2, 15)),
)


def faults(**changes):
    return dict(timetable.faults(DATES | changes))


def test_the_dates_of_2017_are_in_order():
    assert faults() == {}
    assert list(timetable.owed_faults(DATES["starts_on"], OWED)) == []


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"publish_on": date(2017, 9, 1)}, "questions_close_at"),
        ({"questions_close_at": five(2017, 9, 15)}, "answers_due_at"),
        ({"answers_due_at": five(2017, 9, 22)}, "proposals_close_at"),
        ({"proposals_close_at": five(2017, 9, 28)}, "decision_on"),
        ({"decision_on": date(2017, 10, 3)}, "contracts_on"),
        ({"contracts_on": date(2017, 10, 3)}, "starts_on"),
    ],
)
def test_a_date_out_of_order_names_the_later_one(changes, wrong):
    assert list(faults(**changes)) == [wrong]


def test_dates_that_are_not_set_are_no_fault():
    assert dict(timetable.faults(dict.fromkeys(DATES))) == {}
    assert faults(answers_due_at=None) == {}
    assert list(faults(answers_due_at=None, questions_close_at=five(2017, 9, 23))) == ["proposals_close_at"]


def test_award_and_start_may_share_a_day_and_the_decision_may_not_share_the_deadlines():
    assert faults(decision_on=date(2017, 10, 2)) == {}
    assert list(faults(decision_on=date(2017, 9, 22))) == ["decision_on"]


def test_moments_are_compared_as_instants_when_the_clocks_go_back():
    """On 29 October 2017 half past one came twice: in summer time first, an hour later in winter time."""
    first = datetime(2017, 10, 29, 1, 30, tzinfo=LONDON)
    again = first.replace(fold=1)
    assert timetable.in_order(first, again, same_day=True)
    assert not timetable.in_order(again, first, same_day=True)
    summer_quarter_to_two = datetime(2017, 10, 29, 1, 45, tzinfo=LONDON)
    winter_quarter_past_one = datetime(2017, 10, 29, 1, 15, tzinfo=LONDON, fold=1)
    assert timetable.in_order(summer_quarter_to_two, winter_quarter_past_one, same_day=True)
    assert list(timetable.past({"x": winter_quarter_past_one}, ["x"], summer_quarter_to_two)) == []


def test_a_day_is_londons_day_across_the_change_of_clocks():
    """Half past eleven at night in UTC is the next day in summer, and the same day in winter."""
    assert timetable.day_of(datetime(2017, 10, 28, 23, 30, tzinfo=UTC)) == date(2017, 10, 29)
    assert timetable.day_of(datetime(2017, 10, 29, 23, 30, tzinfo=UTC)) == date(2017, 10, 29)
    assert five(2017, 10, 30) - five(2017, 10, 28) == timedelta(days=2)
    assert five(2017, 10, 30).astimezone(UTC) - five(2017, 10, 28).astimezone(UTC) == timedelta(hours=49)


def test_on_the_moment_a_date_is_past():
    at = DATES["questions_close_at"]
    names = ("questions_close_at", "proposals_close_at")
    assert list(timetable.past(DATES, names, at)) == ["questions_close_at"]
    assert list(timetable.past(DATES, names, at - timedelta(microseconds=1))) == []


def test_a_deliverable_due_before_the_start_is_named():
    early = [Owed("blog", "Set-up blog", five(2017, 10, 1)), Owed("data", "Released data", None)]
    assert list(timetable.owed_faults(DATES["starts_on"], early)) == [
        "“Set-up blog” is due before the programme starts. Set a later date"
    ]
    assert list(timetable.owed_faults(None, early)) == []


def test_entries_come_in_order_and_one_moment_is_told_once():
    told = [(entry.when, entry.what, entry.who) for entry in timetable.entries(DATES, OWED)]
    assert told == [
        (date(2017, 8, 17), "Tender published", "The ODI"),
        (five(2017, 9, 1), "Last moment for questions", "Anyone"),
        (five(2017, 9, 15), "All answers published", "The ODI"),
        (five(2017, 9, 22), "Proposals close", "You"),
        (date(2017, 9, 28), "Decision expected; letters to everyone", "The ODI"),
        (date(2017, 10, 2), "Contracts awarded; the programme starts", "The ODI"),
        (date(2017, 10, 10), "Kick-off workshop", "Each lead"),
        (five(2017, 10, 16), "Set-up blog", "Each consortium"),
        (five(2017, 12, 11), "Halfway review; half of the price is paid", "Each consortium"),
        (
            five(2018, 2, 15),
            "Report; at least two patterns; half of the price is paid",
            "Each consortium",
        ),
    ]


def test_the_line_has_short_labels_and_knows_whose_date_it_is():
    entries = timetable.entries(DATES, OWED)
    assert [entry.label for entry in entries if entry.ours] == [
        "Published",
        "Answers out",
        "Decision",
        "Contracts; work starts",
    ]
    assert entries[-1].label == "Final work"
    assert [entry.is_timed for entry in entries[:2]] == [False, True]
    assert entries[0].at == datetime(2017, 8, 17, 12, tzinfo=LONDON)


def test_a_payment_that_is_not_half_is_told_in_per_cent():
    entry = timetable.entries({}, [Owed("report", "Report", five(2018, 2, 15), 30)])[0]
    assert entry.what == "Report; 30% of the price is paid"


@pytest.mark.parametrize(
    ("close", "wrong"),
    [
        (five(2017, 9, 21), []),
        (five(2017, 9, 21) - timedelta(minutes=1), ["proposals_close_at"]),
        (five(2017, 9, 20), ["proposals_close_at"]),
    ],
)
def test_bidders_have_six_days_with_all_answers(close, wrong):
    assert list(faults(proposals_close_at=close)) == wrong


def test_six_days_are_counted_by_the_clock_on_the_wall_when_the_clocks_go_back():
    """145 hours lie between these: six days for everybody who reads a clock."""
    dates = {"answers_due_at": five(2017, 10, 25), "proposals_close_at": five(2017, 10, 31)}
    assert dict(timetable.faults(dates)) == {}
    early = dates | {"proposals_close_at": five(2017, 10, 31) - timedelta(minutes=30)}
    assert list(dict(timetable.faults(early))) == ["proposals_close_at"]


def test_a_weekend_is_londons():
    assert timetable.at_weekend(datetime(2017, 8, 18, 23, 30, tzinfo=UTC))
    assert not timetable.at_weekend(datetime(2017, 8, 20, 23, 30, tzinfo=UTC))
    assert timetable.at_weekend(date(2017, 8, 19))
