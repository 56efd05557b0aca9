"""From a real proposal and its tender to the rehearsal that is open: one query at most, for bidders alone."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenders.models import Tender
from tenders.queries.rehearsal import open_for
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import organisation
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_rehearse import WHILE_OPEN, read, rehearsal

pytestmark = pytest.mark.django_db
LINK = "Try your upload and submission now"


def test_a_real_proposals_pages_and_tender_lead_to_the_rehearsal_that_closes_last():
    real = published_tender()
    rehearsal(reference="TRY")
    later = rehearsal(reference="TRY2")
    Tender.objects.filter(pk=later.pk).update(proposals_close_at=later.proposals_close_at + timedelta(days=9))
    own = made.draft_proposal(real)
    pages = [own.get_absolute_url(), real.get_absolute_url(), "/tenders/SF1/take-part/"]
    pages += [reverse(f"tenders:{page}", args=[own.pk]) for page in ("attachments", "check_proposal")]
    for page in pages:
        said = text_of(read("lead-a", page))
        assert said.count(LINK) == 1, page
        assert 'href="/tenders/TRY2/take-part/"' in said, page


def test_no_link_while_none_is_open_nor_for_staff_nor_in_a_rehearsal_nor_to_nobody():
    real, tried = published_tender(), rehearsal(reference="TRY")
    own = made.draft_proposal(tried)
    for player, page in (
        ("lead-a", own.get_absolute_url()),
        ("lead-a", "/tenders/TRY/take-part/"),
        ("manager", "/tenders/SF1/"),
        (None, "/tenders/SF1/"),
        (None, "/tenders/SF1/take-part/"),
    ):
        assert LINK not in text_of(read(player, page)), page
    priya = cast.person("lead-a", at=PUBLISHED)
    assert open_for(priya, WHILE_OPEN) == "TRY"
    assert open_for(priya, tried.proposals_close_at) == ""
    organisation("lead-b")
    Tender.objects.filter(pk=tried.pk).update(status=Tender.Status.CANCELLED, cancelled_at=WHILE_OPEN)
    assert LINK not in text_of(read("lead-b", real.get_absolute_url()))


def test_anonymous_pages_are_the_same_with_a_rehearsal_and_without():
    published_tender()
    without = {page: read(None, page).content for page in ("/tenders/SF1/", "/tenders/SF1/take-part/")}
    rehearsal(reference="TRY")
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    for page, before in without.items():
        assert token.sub(b"", read(None, page).content) == token.sub(b"", before), page


def asked(player, pages):
    """How much each page asks."""
    found = {}
    for page in pages:
        with visiting(player, at=WHILE_OPEN) as client, CaptureQueriesContext(connection) as caught:
            client.get(page)
        found[page] = len([query for query in caught if "SAVEPOINT" not in query["sql"]])
    return found


def test_a_bidders_page_asks_for_nothing_more_when_a_rehearsal_is_there_and_twelve_at_most():
    own = made.complete_proposal(published_tender())
    pages = [own.get_absolute_url(), "/tenders/SF1/", "/tenders/SF1/take-part/"]
    pages += [reverse(f"tenders:{page}", args=[own.pk]) for page in ("attachments", "check_proposal")]
    without = asked("lead-a", pages)
    rehearsal(reference="TRY")
    assert all(LINK in text_of(read("lead-a", page)) for page in pages)
    assert asked("lead-a", pages) == without
    assert max(without.values()) <= 12
