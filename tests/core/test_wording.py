"""How moments, spans, sums and sizes are said."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from odifund.core import wording
from odifund.core.wording import LONDON

CLOSE = datetime(2017, 9, 22, 16, tzinfo=UTC)


def london(*parts):
    return datetime(*parts, tzinfo=LONDON)


def test_a_moment_is_said_in_london_time_whatever_zone_it_came_in():
    assert wording.moment(CLOSE) == "5pm on Friday 22 September 2017"
    assert wording.moment(datetime(2018, 2, 15, 17, tzinfo=UTC)) == "5pm on Thursday 15 February 2018"
    assert wording.short_moment(CLOSE) == "5pm on 22 September"
    assert wording.moment_or_day(CLOSE, by_day=True) == "Friday 22 September 2017"
    assert wording.moment_or_day(CLOSE) == wording.moment(CLOSE)
    assert (
        wording.moment_to_the_second(CLOSE + timedelta(seconds=3)) == "5:00:03pm on Friday 22 September 2017"
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ((11, 2), "11:02am"),
        ((12, 0), "midday"),
        ((12, 5), "12:05pm"),
        ((0, 0), "12am"),
        ((0, 1), "12:01am"),
        ((23, 59), "11:59pm"),
    ],
)
def test_a_time_of_day_is_never_called_midnight(parts, said):
    assert wording.time_of_day(london(2017, 9, 22, *parts)) == said


def test_the_day_is_londons_when_utc_is_still_on_the_day_before():
    late = datetime(2017, 9, 22, 23, 30, tzinfo=UTC)
    assert wording.day(late) == "Saturday 23 September 2017"
    assert wording.plain_day(date(2017, 9, 22)) == "22 September 2017"


def test_the_zone_changes_with_the_clocks():
    assert wording.zone(london(2017, 10, 28, 17)) == "BST"
    assert wording.zone(london(2017, 10, 29, 17)) == "GMT"


def test_the_hour_that_comes_twice_says_which_it_is():
    first = datetime(2017, 10, 29, 0, 30, tzinfo=UTC)
    hour = timedelta(hours=1)
    assert [wording.time_of_day(first + each * hour) for each in (-1, 0, 1, 2)] == [
        "12:30am",
        "1:30am BST",
        "1:30am GMT",
        "2:30am",
    ]
    assert wording.moment_to_the_second(first + hour) == "1:30:00am GMT on Sunday 29 October 2017"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        ({"days": 4, "hours": 5, "minutes": 58}, "4 days"),
        ({"days": 2}, "2 days"),
        ({"days": 1, "hours": 23, "minutes": 59}, "1 day and 23 hours"),
        ({"days": 1, "minutes": 5}, "1 day"),
        ({"hours": 9, "minutes": 40}, "9 hours"),
        ({"hours": 3}, "3 hours"),
        ({"hours": 2, "minutes": 50}, "2 hours 50 minutes"),
        ({"hours": 1, "minutes": 1}, "1 hour 1 minute"),
        ({"minutes": 12, "seconds": 59}, "12 minutes"),
        ({"seconds": 59}, "less than a minute"),
    ],
)
def test_a_span_is_rounded_down_so_that_it_never_promises_time(length, said):
    assert wording.span(timedelta(**length)) == said


def test_on_the_deadline_no_time_is_left():
    assert wording.time_left(CLOSE, CLOSE - timedelta(microseconds=1)) == "less than a minute left"
    assert wording.time_left(CLOSE, CLOSE) == "no time left"
    assert wording.left(CLOSE, CLOSE) == ""


def test_days_are_counted_on_londons_calendar():
    at = london(2017, 9, 18, 23, 30)
    assert wording.from_today(london(2017, 9, 19, 0, 15), at) == "tomorrow"
    assert wording.from_today(london(2017, 9, 28, 17), at) == "in 9 days"
    assert wording.from_today(london(2017, 9, 20, 17), at) == "in 1 day and 17 hours"
    assert wording.from_today(date(2017, 9, 18), at) == "today"
    assert wording.from_today(date(2017, 9, 17), at) == "yesterday"
    assert wording.from_today(date(2017, 9, 28), at) == "in 10 days"
    assert wording.from_today(date(2017, 9, 8), at) == "10 days ago"


def test_a_late_moment_never_reads_like_its_deadline():
    deadline = london(2017, 9, 22, 17, 0)
    assert wording.judged_moment(deadline + timedelta(seconds=3), deadline).startswith("5:00:03pm on Friday")
    assert wording.judged_moment(deadline + timedelta(microseconds=40), deadline).startswith(
        "5:00:00.000040pm"
    )
    assert "on the stroke is late" in wording.judged_moment(deadline, deadline)


def test_sums_show_pence_only_where_there_are_some():
    assert wording.pounds(53333) == "£53,333"
    assert wording.pounds(Decimal("45370.50")) == "£45,370.50"
    assert wording.pounds(Decimal("-3.10")) == "−£3.10"
    assert wording.figures(Decimal(640)) == "640.00"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1 KB"),
        (98304, "96 KB"),
        (2516582, "2.4 MB"),
        (20 * 1024 * 1024, "20 MB"),
    ],
)
def test_a_size_is_said_as_people_know_it(size, said):
    assert wording.file_size(size) == said


@pytest.mark.parametrize(
    ("words", "tied"),
    [
        ("5pm on Friday 22 September 2017", "5pm on Friday_22_September_2017"),
        ("in 10 days", "in_10_days"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_figure_stays_on_the_line_of_its_neighbours(words, tied):
    assert wording.bound(words) == tied.replace("_", "\N{NO-BREAK SPACE}")
