"""A tender begun from a copy of an earlier one: what comes along, what stays behind, and the dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from odifund.core import calendar, clock
from odifund.core.errors import WrongPerson
from odifund.core.models import Event
from odifund.core.wording import LONDON, in_london
from tenders import timetable
from tenders.actions import copying
from tenders.actions import tender as tenders
from tenders.models import Tender
from tenders.queries import shifting
from tenders.queries.tender import content, dates_of
from tests import cast
from tests.factories.panel import decided_tender
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, 10, tzinfo=UTC)


def copied(earlier, publish_on, by="manager"):
    person = cast.person(by, at=AT)
    more = {"reference": "SF9", "title": "Again", "publish_on": publish_on}
    return copying.draft_copy(earlier.programme, earlier, by=person, at=AT, **more)


def test_a_copy_says_what_the_earlier_one_said_and_names_it_in_the_trail():
    earlier = published_tender()
    tender = copied(earlier, date(2027, 8, 12))
    tender.refresh_from_db()
    old, new = content(earlier), content(tender)
    for part in ("scale", "criteria", "summary", "purpose", "pot", "highest_price", "assumptions"):
        assert new[part] == old[part], part
    assert [row[:4] for row in new["sections"]] == [row[:4] for row in old["sections"]]
    assert {each.criterion.tender_id for each in tender.sections.all()} == {tender.pk}
    assert [row[:3] + row[4:] for row in new["owed"]] == [row[:3] + row[4:] for row in old["owed"]]
    event = Event.objects.get(name="tender.copied", subject_id=str(tender.pk))
    assert event.facts == {"from": str(earlier.pk), "days": 3647}
    assert event.details.content["earlier"] == str(earlier)
    assert (tender.status, tender.published_at) == (Tender.Status.DRAFT, None)


def test_whole_weeks_later_every_date_is_that_much_later_at_its_time_of_day():
    earlier = published_tender()
    tender = copied(earlier, date(2018, 1, 18))
    days = timedelta(weeks=22)
    for name, when in dates_of(earlier).items():
        now = dates_of(tender)[name]
        assert timetable.day_of(now) == timetable.day_of(when) + days, name
        if isinstance(when, datetime):
            assert in_london(now).hour == in_london(when).hour == 17
    assert tender.proposals_close_at.astimezone(UTC).hour == 17


@pytest.mark.parametrize("publish_on", [date(2028, 2, 29), date(2027, 3, 22), date(2027, 11, 24)])
def test_whatever_the_day_the_copy_is_in_order_and_on_working_days(publish_on):
    tender = copied(draft_tender(), publish_on)
    dates = dates_of(tender)
    assert tender.publish_on == publish_on
    assert list(timetable.faults(dates)) == []
    owed = [each.due_at for each in tender.owed.all()]
    for when in [*dates.values(), *owed]:
        assert calendar.is_working_day(timetable.day_of(when))


@pytest.mark.parametrize("start", range(0, 370, 3))
def test_dates_that_fell_on_different_days_still_do(start):
    dates = {
        "answers_due_at": datetime(2017, 9, 15, 17, tzinfo=LONDON),
        "proposals_close_at": datetime(2017, 9, 22, 17, tzinfo=LONDON),
        "decision_on": date(2017, 9, 23),
        "contracts_on": date(2017, 9, 24),
        "starts_on": date(2017, 9, 24),
    }
    moved = shifting.shifted(dates, start)
    assert list(timetable.faults(moved)) == []
    assert moved["contracts_on"] == moved["starts_on"] > moved["decision_on"]


def test_of_a_decided_round_no_people_questions_or_proposals_come_along():
    tender = copied(decided_tender(), date(2027, 8, 12))
    for relation in ("panel", "declarations", "questions", "notices", "watches", "proposals", "contracts"):
        assert not getattr(tender, relation).exists(), relation


def test_an_assumption_is_kept_only_where_it_still_holds():
    earlier = draft_tender()
    earlier.owed.filter(kind="blog").delete()
    manager = cast.person("manager", at=PUBLISHED)
    tenders.edit(earlier, "timetable", {"answers_due_at": None}, by=manager, at=PUBLISHED)
    tender = copied(earlier, date(2027, 8, 12))
    assert "owed.report" in tender.assumptions
    assert not {"owed.blog", "answers_due_at"} & set(tender.assumptions)


def test_a_draft_without_dates_is_copied_without_dates():
    earlier = draft_tender()
    manager = cast.person("manager", at=PUBLISHED)
    none = dict.fromkeys(dates_of(earlier))
    tenders.edit(earlier, "timetable", none, by=manager, at=PUBLISHED)
    tender = copied(earlier, date(2027, 8, 12))
    assert dates_of(tender) == none | {"publish_on": date(2027, 8, 12)}


def test_only_a_manager_copies():
    with pytest.raises(WrongPerson):
        copied(draft_tender(), date(2027, 8, 12), by="observer")
    assert Tender.objects.count() == 1


def test_in_the_browser_a_tender_is_chosen_and_its_page_leads_here(client):
    earlier = published_tender()
    client.force_login(cast.person("manager", at=AT))
    typed = {"start": "copy", "programme": str(earlier.programme_id), "reference": "sf9", "title": "Again"}
    day = {"publish_on_day": "12", "publish_on_month": "8", "publish_on_year": "2027"}
    with clock.held_at(AT):
        address = reverse("tenders:add_tender")
        assert f"{address}?copy=SF1" in client.get("/staff/tenders/SF1/").content.decode()
        html = client.get(f"{address}?copy=SF1").content.decode()
        assert '<option value="SF1" selected' in html
        refused = words(client.post(address, typed))
        assert "Select the earlier tender to copy" in refused
        assert "because the dates of a copy count from it" in refused
        invented = client.post(address, {**typed, **day, "earlier": "SF77"})
        assert "Choose the tender to copy from the list" in words(invented)
        begun = client.post(address, {**typed, **day, "earlier": "SF1"})
    assert begun.url == reverse("tenders:write_tender", args=["SF9"])
