"""The staff's list: words, where a tender stands, pages of 25, and as many queries whatever the number."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import clock
from tenders.models import Tender
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
OPEN = PUBLISHED + timedelta(days=3)


def many(count, like, **facts):
    Tender.objects.bulk_create(
        Tender(
            programme_id=like.programme_id,
            reference=f"R{n}",
            title=f"Round {n} of care",
            drafted_by_id=like.drafted_by_id,
            drafted_at=PUBLISHED - timedelta(days=10, minutes=n),
            proposals_close_at=like.proposals_close_at,
            **facts,
        )
        for n in range(count)
    )


@pytest.fixture
def look(client):
    client.force_login(cast.person("manager", at=PUBLISHED - timedelta(days=2)))

    def looked(at=OPEN, **asked):
        with clock.held_at(at):
            return client.get("/staff/tenders/", asked)

    return looked


def references(response):
    return [row.round.tender.reference for row in response.context["rows"]]


def test_it_finds_words_of_title_programme_and_reference_in_any_order(look):
    many(30, published_tender())
    assert references(look(q="care 17")) == ["R17"]
    assert references(look(q="sf1")) == ["SF1"]
    assert "No tender found" in words(look(q="nothing like it"))
    assert len(references(look(q="data-enabled"))) == 25


def test_where_it_stands_is_judged_by_the_deadline_like_its_tag(look):
    published_tender()
    draft_tender(reference="SF2")
    assert references(look(status="published")) == ["SF1"]
    assert references(look(status="draft")) == ["SF2"]
    assert references(look(status="closed")) == []
    assert references(look(PROPOSALS_CLOSE, status="published")) == []
    assert references(look(PROPOSALS_CLOSE, status="closed")) == ["SF1"]


def test_pages_of_25_keep_what_was_looked_for(look):
    many(60, published_tender())
    page = look(q="care & round", page="1")
    assert references(page) == []
    page = look(q="care round", page="2")
    assert references(page) == [f"R{n}" for n in range(25, 50)]
    assert "?q=care+round&amp;page=3" in page.content.decode()


@pytest.mark.parametrize("asked", [{"q": "x" * 101}, {"status": "sealed"}, {"q": "\x01"}, {"page": "-3"}])
def test_what_cannot_be_looked_for_breaks_nothing(look, asked):
    draft_tender()
    assert look(**asked).status_code == 200


def test_it_asks_as_much_of_the_database_with_two_thousand_tenders(look):
    like = published_tender()
    draft_tender(reference="SF2")
    look()
    with CaptureQueriesContext(connection) as few:
        look(q="o", status="draft")
    with CaptureQueriesContext(connection) as one:
        look()
    many(2000, like)
    with CaptureQueriesContext(connection) as found:
        look(q="o", status="draft")
    with CaptureQueriesContext(connection) as all_of_them:
        page = look()
    assert len(all_of_them) <= len(one) <= 12
    assert len(found) <= 12 >= len(few)
    assert len(page.content) <= 40_000
