"""The stimulus fund template: the real dates of 2017, and sensible ones from any other day."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odifund.core import calendar
from tenders import stimulus_fund, timetable
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, QUESTIONS_CLOSE, draft_tender

THURSDAY = date(2017, 8, 17)
DAYS = st.dates(date(2017, 1, 1), date(2045, 12, 31)).filter(calendar.is_working_day)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_from_17_august_2017_it_has_the_dates_of_the_invitation_at_5pm():
    assert stimulus_fund.dates(THURSDAY) == {
        "publish_on": date(2017, 8, 17),
        "questions_close_at": utc(2017, 9, 1, 16),
        "answers_due_at": utc(2017, 9, 15, 16),
        "proposals_close_at": utc(2017, 9, 22, 16),
        "decision_on": date(2017, 9, 28),
        "contracts_on": date(2017, 10, 2),
        "starts_on": date(2017, 10, 2),
    }
    assert stimulus_fund.due(date(2017, 10, 2)) == {
        "workshop": utc(2017, 10, 10, 16),
        "blog": utc(2017, 10, 16, 16),
        "halfway": utc(2017, 12, 11, 17),
        "report": utc(2018, 2, 15, 17),
        "pattern": utc(2018, 2, 15, 17),
        "data": utc(2018, 2, 15, 17),
    }


@pytest.mark.django_db
def test_the_dates_are_stored_as_the_instants_they_are():
    tender = draft_tender()
    tender.refresh_from_db()
    assert (tender.questions_close_at, tender.proposals_close_at) == (QUESTIONS_CLOSE, PROPOSALS_CLOSE)
    assert tender.owed.get(kind="report").due_at == utc(2018, 2, 15, 17)
    assert tender.drafted_at < PUBLISHED


@settings(max_examples=200, derandomize=True, deadline=None)
@given(DAYS)
def test_from_any_working_day_the_dates_are_in_order_and_on_working_days(publish_on):
    dates = stimulus_fund.dates(publish_on)
    due = stimulus_fund.due(dates["starts_on"])
    owed = [timetable.Owed(each.kind, each.title, due[each.kind]) for each in stimulus_fund.OWED]
    assert list(timetable.faults(dates)) == []
    assert list(timetable.owed_faults(dates["starts_on"], owed)) == []
    for when in [*dates.values(), *due.values()]:
        assert calendar.is_working_day(timetable.day_of(when))
        assert not isinstance(when, datetime) or when.hour == 17
    assert (
        calendar.working_days_after(timetable.day_of(dates["proposals_close_at"]), 4) == dates["decision_on"]
    )


def test_weights_and_payments_add_up_and_scores_go_from_0_to_5():
    assert [each.weight for each in stimulus_fund.CRITERIA] == [25, 25, 20, 20, 10]
    assert [each.payment_percent for each in stimulus_fund.OWED] == [0, 0, 50, 50, 0, 0]
    assert len(stimulus_fund.SCALE) == 6


def test_the_highest_price_lets_three_fit_the_pot():
    assert 3 * stimulus_fund.MONEY["highest_price"] <= stimulus_fund.MONEY["pot"]


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2017, ["01-02", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"]),
        (2021, ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"]),
        (2026, ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"]),
    ],
)
def test_the_bank_holidays_of_england(year, days):
    assert sorted(calendar.by_rule(year)) == [date.fromisoformat(f"{year}-{day}") for day in days]
