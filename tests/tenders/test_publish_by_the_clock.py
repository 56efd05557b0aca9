"""Two people leave the publication to the clock: never early, once, and as they confirmed it."""

from datetime import UTC, datetime, timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tenders.actions import tender as tenders
from tenders.models import Tender
from tenders.tasks import publish_tenders
from tests import cast
from tests.factories.tender import PUBLISHED, proposed_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
CONFIRMED = PUBLISHED - timedelta(days=3)
OPENS = datetime(2017, 8, 17, 8, 0, tzinfo=UTC)  # 9am in London
MICROSECOND = timedelta(microseconds=1)
PAGE = "/staff/tenders/SF1/publish/"


@pytest.fixture
def tender():
    """Proposed three days before its day of publication."""
    draft = proposed_tender(at=CONFIRMED)
    Tender.objects.update(publish_on=OPENS.date())
    draft.refresh_from_db()
    approver = cast.person("approver", at=CONFIRMED)
    tenders.take_back_publishing(draft, by=approver, at=CONFIRMED)
    tenders.propose_publishing(draft, by=cast.person("manager", at=CONFIRMED), at=CONFIRMED)
    return draft


def schedule(tender, player="approver", at=CONFIRMED):
    tenders.schedule(tender, by=cast.person(player, at=at), at=at)


def sweep(at):
    with clock.held_at(at):
        publish_tenders()


def test_the_clock_publishes_on_the_moment_and_not_before(tender):
    schedule(tender)
    sweep(OPENS - MICROSECOND)
    tender.refresh_from_db()
    assert not tender.is_published
    for _ in range(2):
        sweep(OPENS)
    tender.refresh_from_db()
    assert (tender.is_published, tender.published_at) == (True, OPENS)
    assert Event.objects.filter(name="tender.published_by_clock").count() == 1


def test_a_beat_that_slept_publishes_late_and_says_when(tender):
    schedule(tender)
    sweep(OPENS + timedelta(hours=5))
    tender.refresh_from_db()
    assert tender.published_at == OPENS + timedelta(hours=5)


def test_until_then_nobody_outside_sees_it_and_nobody_changes_it(tender):
    schedule(tender)
    manager = cast.person("manager", at=CONFIRMED)
    with pytest.raises(NotReady, match="The clock publishes it at 9am"):
        tenders.edit(tender, "about", {"title": "Another"}, by=manager, at=CONFIRMED)
    with pytest.raises(NotReady):
        tenders.discard(tender, by=manager, at=CONFIRMED)
    with pytest.raises(NotReady):
        tenders.propose_publishing(tender, by=manager, at=CONFIRMED)
    with visiting(None, at=CONFIRMED) as client:
        assert client.get("/tenders/SF1/").status_code == 404
        assert "SF1" not in text_of(client.get("/tenders/"))


def test_the_proposer_does_not_confirm_and_the_moment_must_be_ahead(tender):
    with pytest.raises(WrongPerson):
        schedule(tender, "manager")
    with pytest.raises(NotReady, match="not ahead"):
        schedule(tender, at=OPENS)


def test_it_is_taken_back_and_then_the_clock_leaves_it_alone(tender):
    schedule(tender)
    tenders.unschedule(tender, by=cast.person("manager", at=CONFIRMED), at=CONFIRMED)
    sweep(OPENS)
    tender.refresh_from_db()
    assert not tender.is_published
    with pytest.raises(MovedOn):
        tenders.unschedule(tender, by=cast.person("approver", at=CONFIRMED), at=CONFIRMED)
    tenders.edit(tender, "about", {"title": "Another"}, by=cast.person("manager", at=OPENS), at=OPENS)


def test_taken_back_between_the_sweeps_look_and_its_lock_it_stays_a_draft(tender):
    schedule(tender)
    stale = Tender.objects.get()
    tenders.unschedule(tender, by=cast.person("approver", at=CONFIRMED), at=CONFIRMED)
    with clock.held_at(OPENS), pytest.raises(MovedOn):
        tenders.publish_when_due(stale)


def test_in_the_browser_the_second_person_chooses_now_or_the_clock(tender):
    with visiting("approver", at=CONFIRMED) as client:
        page = client.get(PAGE)
        assert "Confirm: publish at 9am on Thursday 17 August 2017" in text_of(page)
        answer = client.post(PAGE, {"read": page.context["read"], "do": "schedule"}, follow=True)
        assert "The clock publishes SF1" in text_of(answer)
        assert "The clock publishes it at 9am" in text_of(client.get(PAGE))
        assert "Taken back" in text_of(client.post("/staff/tenders/SF1/unschedule/", follow=True))


def test_what_is_left_to_the_clock_cannot_be_proposed_on_the_check_page(tender):
    schedule(tender)
    with visiting("manager", at=CONFIRMED) as client:
        page = text_of(client.get("/staff/tenders/SF1/check/"))
    assert "Two people confirmed it. The clock publishes it at 9am" in page
    assert "/staff/tenders/SF1/propose/" not in page


def test_the_hour_is_the_timetable_s_own_and_is_part_of_what_two_people_read(tender):
    manager = cast.person("manager", at=CONFIRMED)
    tenders.edit(tender, "timetable", {"publish_hour": 14}, by=manager, at=CONFIRMED)
    with pytest.raises(MovedOn, match="changed since"):
        schedule(tender)
    tenders.propose_publishing(tender, by=manager, at=CONFIRMED)
    schedule(tender)
    tender.refresh_from_db()
    assert tender.publish_at == OPENS + timedelta(hours=5)


def test_the_hour_is_chosen_with_the_timetable(tender):
    with visiting("manager", at=CONFIRMED) as client:
        page = text_of(client.get("/staff/tenders/SF1/write/timetable/"))
        assert '<option value="9" selected' in page
        assert "Hour of publication" in page
