"""Whatever the date, each round of the demonstration stands where its page says: every day of two years."""

from datetime import date, timedelta

import pytest

from odifund.core import calendar, clock
from odifund.pages.demonstration import content, loader, placing
from odifund.pages.demonstration.stage import moment

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
SCORED = content.read("scored/round")
SCORING_DAYS, EXTENDED_BY = SCORED["scoring_days"], SCORED["extension"]["working_days"]
PROGRAMME = content.read("delivery/round")["programme"]


def test_the_open_round_takes_questions_and_has_its_story_behind_it():
    for today in DAYS:
        days = placing.open_on(today)
        assert placing.after(days.publish_on, placing.STORY) < today < days.on("questions_close_at")
        assert (days.on("questions_close_at") - today).days <= 10


def test_the_scored_round_was_opened_and_its_decision_is_to_come():
    for today in DAYS:
        days = placing.scored_on(today, SCORING_DAYS, EXTENDED_BY)
        assert days.on("proposals_close_at") < clock.today(days.closes_at) < days.opens_on
        assert placing.after(days.opens_on, 1) < today < days.on("decision_on")


def test_the_round_in_delivery_has_something_due_this_week_and_something_overdue():
    for today in DAYS:
        days = placing.delivered_on(today, PROGRAMME)
        assert today < days.due_on("halfway") <= today + timedelta(days=5)
        assert days.on("contracts_on") < days.due_on("workshop") < days.due_on("blog") < today
        assert days.on("contracts_on") < placing.before(today, 4)


def test_the_complete_round_has_nothing_ahead():
    for today in DAYS:
        assert max(placing.complete_on(today).due.values()) < moment(today - timedelta(days=59))


def test_the_coming_round_is_published_more_than_a_week_ahead():
    for today in DAYS:
        assert placing.coming_on(today).publish_on - today > timedelta(days=7)


def test_every_round_is_published_on_a_working_day():
    for today in DAYS:
        for days in (
            placing.open_on(today),
            placing.scored_on(today, SCORING_DAYS, EXTENDED_BY),
            placing.complete_on(today),
            placing.coming_on(today),
        ):
            assert calendar.is_working_day(days.publish_on)


@pytest.mark.parametrize("part", range(4))
def test_nothing_is_told_before_it_happened_and_people_work_on_working_days(part):
    for today in DAYS[part::4]:
        scenes = loader.scenes(today)
        assert max(scenes).at < moment(today, 0)
        assert min(scenes).act.__name__ == "arrive"
        free = [each for each in scenes if not calendar.is_working_day(clock.today(each.at))]
        assert {each.act.__name__ for each in free} <= {"sweep", "_mail_head"}
