"""An answer to its asker alone is told to nobody else: not as news, feed, count, mail or search result."""

from datetime import timedelta

import pytest

from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.actions import answer as answers
from tenders.actions import question, watch
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_feeds import ALL, ONE, titles
from tests.tenders.test_seen_pages import Browser

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)
PAGES = ("/tenders/", "/tenders/SF1/", "/tenders/SF1/questions/", "/tenders/SF1/itt.pdf")
SECRETS = ("bank letter", "a letter of a bank", "Barnacle answer")
AS_NEWS = (*SECRETS, "is answered", "question None")
FOLLOWERS = ("lead-a", "lead-b", "manager", "observer")


@pytest.fixture
def tender():
    return published_tender()


@pytest.fixture(params=["never offered", "agreed"])
def alone(request, tender):
    """Does it: a private question is answered alone, in one case after its asker agreed to a wording."""
    asker, manager = cast.person("lead-a", at=LATER), cast.person("manager", at=LATER)
    watch.start(tender, by=cast.person("lead-b", at=LATER), at=LATER)
    with clock.held_at(LATER):
        asked = question.ask(tender, text="Is our bank letter enough?", is_private=True, by=asker, at=LATER)
    if request.param == "agreed":
        answers.offer_wording(asked, public_text="Is a letter of a bank enough?", by=manager, at=LATER)
        question.agree(asked, by=asker, at=LATER)
    return lambda: answers.answer_alone(asked, answer="Barnacle answer.", by=manager, at=LATER)


def seen(player, path, at=LATER):
    with visiting(player, at=at) as client:
        return text_of(client.get(path))


@pytest.mark.parametrize("player", FOLLOWERS)
def test_it_is_news_to_nobody(alone, player):
    alone()
    page = seen(player, "/home/")
    assert [word for word in AS_NEWS if word in page] == []


def test_a_published_answer_beside_it_is_counted_alone(tender, alone):
    alone()
    with clock.held_at(LATER):
        asked = question.ask(tender, text="May a parish?", by=cast.person("lead-b", at=LATER), at=LATER)
    manager = cast.person("manager", at=LATER)
    answers.answer(asked, public_text="May a parish?", answer="Yes.", by=manager, at=LATER)
    assert "SF1: question 1 is answered" in seen("lead-b", "/home/")
    assert "1 answered." in seen(None, "/tenders/SF1/")
    assert titles(ONE).count("SF1: question 1 is answered") == 1


def test_no_public_page_feed_search_or_mail_tells_of_it(alone):
    browser = Browser()
    for page in PAGES:
        browser.get(page, LATER)
    before = titles(ALL), titles(ONE)
    alone()
    assert [page for page in PAGES if not browser.has(page, LATER)] == []
    assert (titles(ALL), titles(ONE)) == before
    for path in (*PAGES[:3], "/tenders/?q=letter", "/tenders/SF1/feed.atom"):
        told = {word for word in SECRETS if word in seen("lead-b", path) + seen(None, path)}
        assert told == set(), path
    answers.tell_waiting(LATER + timedelta(days=1))
    sent = OutboxMessage.objects.filter(kind__contains="answered")
    assert {(row.kind, row.address) for row in sent} == {
        ("tenders/question_answered_alone", cast.PLAYERS["lead-a"].email)
    }
