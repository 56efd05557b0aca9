"""The public list of tenders: what is open, what is being decided, what came of the rest."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import clock
from tenders.actions import tender as tenders
from tenders.models import Tender
from tests import cast
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, opened_tender
from tests.factories.tender import (
    PROPOSALS_CLOSE,
    PUBLISHED,
    draft_tender,
    proposed_tender,
    published_tender,
)
from tests.tenders.test_look_for_tender import many
from tests.tenders.test_tender_page import MONDAY, words

pytestmark = pytest.mark.django_db


def read(client, at=MONDAY, address="/tenders/"):
    with clock.held_at(at):
        return client.get(address)


def test_an_empty_portal_says_what_will_be_there(client):
    page = words(read(client))
    assert "No tender is open now" in page
    assert "on the day it is published" in page


def test_the_open_ones_come_first_and_drafts_do_not_come(client):
    published_tender()
    draft_tender(reference="SF9", title="Not for you yet")
    page = words(read(client))
    assert "Open Reference SF1 Stimulus fund for service redesign" in page
    assert "4 days left. Proposals close at 5pm on Friday 22 September 2017".replace(" left.", "") not in page
    assert "left. Proposals close at 5pm on Friday 22 September 2017 4 days" in page
    assert "£160,000" in page
    assert "Not for you yet" not in page


def test_on_the_deadline_a_tender_is_not_listed_as_open(client):
    published_tender()
    assert "No tender is open now" not in words(read(client, PROPOSALS_CLOSE - timedelta(microseconds=1)))
    page = words(read(client, PROPOSALS_CLOSE))
    assert "No tender is open now" in page
    assert "Being decided" in page
    assert "Closed Decision on 28 September 2017" in page


def test_a_closed_one_says_when_the_decision_comes_and_when_it_is_late(client):
    close(published_tender())
    assert "Decision on 28 September 2017" in words(read(client, PROPOSALS_CLOSE + timedelta(hours=1)))
    assert "Decision expected today" in words(read(client, datetime(2017, 9, 28, 9, 0, tzinfo=UTC)))
    late = datetime(2017, 10, 1, 9, 0, tzinfo=UTC)
    assert "Decision was expected on 28 September 2017" in words(read(client, late))


def test_of_two_open_ones_the_next_deadline_is_first(client):
    published_tender(reference="SF2", at=MONDAY - timedelta(days=1), title="The later one")
    published_tender(title="The sooner one")
    page = words(read(client))
    assert page.index("The sooner one") < page.index("The later one")


def test_what_is_closed_stands_under_how_far_it_is(client):
    close(published_tender(reference="SF2", title="Closed already"))
    decided_tender(opened_tender())
    ended = published_tender(reference="SF3", title="Done with")
    Tender.objects.filter(pk=ended.pk).update(status="finished", finished_at=PROPOSALS_CLOSE)
    html = read(client, datetime(2017, 10, 4, 9, 0, tzinfo=UTC)).content.decode()
    found = re.findall(r"<caption[^>]*>([^<]+)|>(Closed already|Done with|Stimulus fund for[^<]+)</a>", html)
    assert ["".join(each) for each in found] == [
        *("Being decided", "Closed already"),
        *("Decided", "Stimulus fund for service redesign"),
        *("Finished", "Done with"),
    ]


@pytest.mark.parametrize("address", ["/tenders/", "/programmes/data-enabled-public-services/", "/"])
def test_more_rows_ask_no_more_queries(client, address):
    close(published_tender(title="The first of them"))
    few = asked(client, address)
    for n in range(2, 6):
        close(published_tender(reference=f"SF{n}"))
    assert asked(client, address) == few <= 8


def asked(client, address):
    with CaptureQueriesContext(connection) as caught:
        assert "The first of them" in read(client, PROPOSALS_CLOSE, address).content.decode()
    return len(caught)


@pytest.mark.parametrize("address", ["/tenders/", "/programmes/data-enabled-public-services/"])
def test_more_than_a_page_of_them_come_in_pages(client, address):
    many(45, published_tender(), status="closed")
    html = read(client, MONDAY, address).content.decode()
    assert "Page 1 of 3" in html
    assert html.count("of care</a>") == 20
    last = read(client, MONDAY, f"{address}?page=3").content.decode()
    assert last.count("of care</a>") == 5
    assert "Reference SF1" in last  # what is open stands on every page
    assert len(html.encode()) < 40_000


def test_the_list_is_searched_by_words_of_title_programme_and_reference(client):
    published_tender()
    with clock.held_at(MONDAY):
        for q in ("service redesign", "sf1", "data-enabled"):
            page = words(client.get("/tenders/", {"q": q}))
            assert f"1 tender for “{q}”" in page
            assert "Stimulus fund for service redesign" in page
        none = words(client.get("/tenders/", {"q": "zzz"}))
        assert "0 tenders for “zzz”" in none
        assert "No tender found" in none
        long = client.get("/tenders/", {"q": "x" * 101})
        assert "must be 100 characters or fewer" in words(long)
        assert "<script>alert" not in client.get("/tenders/", {"q": "<script>alert(1)"}).content.decode()


def test_what_the_clock_will_publish_is_coming_with_its_title_and_its_moment_alone(client):
    at = PUBLISHED - timedelta(days=2)
    tender = proposed_tender(at=at, publish_on=(PUBLISHED + timedelta(days=5)).date())
    with clock.held_at(at):
        assert tender.title not in words(client.get("/tenders/"))
        tenders.schedule(tender, by=cast.person("approver", at=at), at=at)
        page = words(client.get("/tenders/"))
        assert "Coming Stimulus fund for service redesign , opens at 9am on Tuesday 22 August 2017" in page
        assert "£160,000" not in page
        assert client.get("/tenders/SF1/").status_code == 404
        assert tender.title not in words(client.get("/tenders/", {"q": "redesign"}))
