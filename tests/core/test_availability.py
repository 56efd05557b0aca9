"""The record of when the portal was open: spans, gaps, the trail, the canary and the public page."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from odifund.core import audit, availability, clock
from odifund.core.models import Event, OpenSpan
from odifund.pages import availability as pages
from tenders.models import Tender
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AT = datetime(2017, 9, 22, 15, 0, tzinfo=UTC)
PAGE, CANARY = reverse("pages:availability"), reverse("pages:canary")
SECONDS = timedelta(seconds=1)


def noted(*after):
    for seconds in after:
        with clock.held_at(AT + seconds * SECONDS):
            availability.note()


def spans():
    found = OpenSpan.objects.order_by("began_at")
    return [((span.began_at - AT) / SECONDS, (span.last_at - AT) / SECONDS) for span in found]


def test_canaries_without_a_gap_make_one_row_however_many_they_are():
    noted(*range(0, 15 * 40, 15))
    assert spans() == [(0, 585)]


def test_forty_five_seconds_are_no_gap_and_a_second_more_is():
    noted(0, 45)
    assert spans() == [(0, 45)]
    noted(91)
    assert spans() == [(0, 45), (91, 91)]
    event = Event.objects.get(name="portal.was_away")
    said = audit.sentence(event, event.details.content)
    assert said.startswith("The portal could take no proposal from 4:00:45pm")
    assert "to 4:01:31pm" in said


def test_several_processes_and_strangers_write_no_more_often():
    noted(0, 1, 2, 7)
    assert spans() == [(0, 0)]
    noted(8)
    assert spans() == [(0, 8)]


def gaps(since, at, **more):
    found = availability.gaps(AT + since * SECONDS, AT + at * SECONDS, **more)
    return [((gap.since - AT) / SECONDS, gap.to and (gap.to - AT) / SECONDS) for gap in found]


def test_gaps_are_found_where_they_touch_the_time_asked_for():
    noted(0, 100, 200, 210)
    assert gaps(-50, 220) == [(100, 200), (0, 100)]
    assert gaps(150, 220) == [(100, 200)]
    assert gaps(205, 220) == []
    assert gaps(0, 220, until=AT + 90 * SECONDS) == [(0, 100)]


def test_being_away_now_is_a_gap_without_end():
    noted(0)
    assert gaps(-10, 45) == []
    assert gaps(-10, 46) == [(0, None)]
    found = availability.gaps(AT, AT + 46 * SECONDS)
    assert availability.away(found, AT, AT + 46 * SECONDS) == 46 * SECONDS


def test_only_what_lies_in_the_time_asked_for_is_counted():
    noted(0, 100)
    since, at = AT + 40 * SECONDS, AT + 110 * SECONDS
    assert availability.away(availability.gaps(since, at), since, at) == 60 * SECONDS


def test_the_page_says_how_long_and_when():
    noted(0, 15, 255, 270)
    with clock.held_at(AT + 280 * SECONDS):
        page = text_of(Client().get(PAGE))
    assert "Away for 4 minutes in the last 30 days." in page
    assert "4:00:15pm on Friday 22 September 2017" in page
    assert "4:04:15pm on Friday 22 September 2017" in page
    assert "The record begins at 4pm on Friday 22 September 2017" in page


def test_the_page_says_so_when_it_was_never_away_and_when_there_is_no_record():
    with clock.held_at(AT):
        assert "There is no record yet" in text_of(Client().get(PAGE))
        availability.note()
        assert "Not away since the record began" in text_of(Client().get(PAGE))


def test_a_canary_is_written_by_a_request_that_anybody_may_send():
    pages._written.cache_clear()
    with clock.held_at(AT):
        assert Client(enforce_csrf_checks=True).post(CANARY).status_code == 200
        assert Client().get(CANARY).status_code == 405
    assert spans() == [(0, 0)]


def test_without_a_place_for_files_no_canary_is_written(monkeypatch, tmp_path):
    pages._written.cache_clear()
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "file")
    with clock.held_at(AT):
        assert Client().post(CANARY).status_code == 503
    assert spans() == []
    pages._written.cache_clear()


def test_the_incident_log_shows_the_gaps_while_its_tender_was_open():
    tender = published_tender()
    noted(0, 300)
    later = PROPOSALS_CLOSE + timedelta(hours=1)
    with visiting("manager", at=later) as browser:
        log = text_of(browser.get(reverse("tenders:incidents", args=["SF1"])))
    assert "From 4:00:00pm on Friday 22 September 2017 to 4:05:00pm" in log
    Tender.objects.filter(pk=tender.pk).update(proposals_close_at=AT - timedelta(days=2))
    cast.whole(at=AT)
    with visiting("manager", at=later) as browser:
        assert "4:05:00pm" not in text_of(browser.get(reverse("tenders:incidents", args=["SF1"])))
