"""Dates at a weekend or on a bank holiday are said on the pages of a draft, and stop nothing."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from odifund.core import clock
from odifund.core.wording import LONDON
from tenders import stimulus_fund, timetable
from tenders.actions import tender as tenders
from tenders.models import OwedDeliverable
from tenders.queries.dates import second_look
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
BEFORE = PUBLISHED - timedelta(hours=12)


def five(*day):
    return datetime(*day, 17, tzinfo=LONDON)


def edited(**dates):
    tender = draft_tender()
    tenders.edit(tender, "timetable", dates, by=cast.person("manager", at=BEFORE), at=BEFORE)
    return tender


def page(client, name):
    client.force_login(cast.person("manager", at=BEFORE))
    with clock.held_at(BEFORE):
        return words(client.get(reverse(f"tenders:{name}", args=["SF1"])))


def test_the_dates_of_2017_need_no_second_look(client):
    assert not second_look(draft_tender())
    assert "again" not in page(client, "edit_timetable")


@pytest.mark.parametrize("name", ["write_tender", "edit_timetable", "check_tender"])
def test_a_weekend_and_a_holiday_are_said_with_name_and_nation_and_stop_nothing(client, name):
    cast.person("approver", at=BEFORE)
    tender = edited(questions_close_at=five(2017, 8, 28), answers_due_at=five(2017, 9, 2))
    said = page(client, name)
    assert "Look at these dates again. You can keep them: nothing is stopped." in said
    assert "Saturday 2 September 2017 is a weekend: All answers published" in said
    holiday = "a bank holiday, Summer bank holiday in England and Wales and Northern Ireland"
    assert f"Monday 28 August 2017 is {holiday}: Last moment for questions" in said
    tenders.propose_publishing(tender, by=cast.person("manager", at=BEFORE), at=BEFORE)


def test_deliverables_that_were_left_behind_by_their_timetable_are_said(client):
    draft_tender()
    OwedDeliverable.objects.update(due_at=five(2018, 10, 2))
    said = "Tuesday 2 October 2018 is 365 days after the programme starts: “"
    for name in ("write_tender", "edit_timetable", "check_tender"):
        assert said in page(client, name)


def test_a_year_beyond_the_data_is_said_and_its_weekends_still_are(client):
    edited(starts_on=date(2030, 6, 1))
    said = page(client, "write_tender")
    assert "We do not know the bank holidays of 2030 yet. Check those dates yourself." in said
    assert "Saturday 1 June 2030 is a weekend" in said


def test_the_task_list_shows_the_timetable_as_a_line_and_in_words(client):
    draft_tender()
    said = page(client, "write_tender")
    assert "Every date of the timetable" in said
    assert "Friday 22 September 2017, 5pm" in said
    with clock.held_at(BEFORE):
        html = client.get(reverse("tenders:write_tender", args=["SF1"])).content.decode()
    assert "Timetable as a line, from 17 August 2017 to 15 February 2018" in html


def test_the_second_person_reads_it_too(client):
    cast.person("approver", at=BEFORE)
    tender = edited(questions_close_at=five(2017, 9, 2))
    tenders.propose_publishing(tender, by=cast.person("manager", at=BEFORE), at=BEFORE)
    assert "Saturday 2 September 2017 is a weekend" in page(client, "publish")


def test_too_few_days_after_the_answers_is_a_fault_at_the_deadline(client):
    draft_tender()
    client.force_login(cast.person("manager", at=BEFORE))
    typed = {}
    for name, day in (("answers_due_at", 18), ("proposals_close_at", 22)):
        typed |= {f"{name}_day": day, f"{name}_month": 9, f"{name}_year": 2017, f"{name}_time": "5pm"}
    with clock.held_at(BEFORE):
        refused = client.post(reverse("tenders:edit_timetable", args=["SF1"]), typed)
    assert "at least 6 days after all answers are published" in words(refused)


@pytest.mark.parametrize("publish_on", [date(2020, 2, 29), date(2028, 2, 29)])
def test_a_template_begun_on_29_february_is_in_order(publish_on):
    dates = stimulus_fund.dates(publish_on)
    assert dates["publish_on"] == publish_on
    assert list(timetable.faults(dates)) == []
    assert not any(timetable.at_weekend(when) for name, when in dates.items() if name != "publish_on")
