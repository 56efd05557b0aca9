"""Two of the fund's people at once: one answer is published once, and no agreed score is lost."""

import re
import threading
import time
from collections import Counter

import pytest
from django.db import connection, transaction
from django.test import Client

from odifund.core import clock, people
from odifund.core.models import Event, OutboxMessage, Person
from tenders.actions import answer as answers
from tenders.actions import declaration, moderation, panel, question
from tenders.actions import tender as tenders
from tenders.models import AgreedScore, Moderation, ProblemReport, Question, Tender
from tenders.queries.panel import organisations_of
from tests import cast
from tests.factories.panel import AGREED, proposals_of, scored_tender
from tests.factories.pile import OPENED, opened_pile
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of
from tests.tenders.test_races import at_once

WAITING = "/tenders/SF1/questions/waiting/"
NOTE = {
    "kind": "call",
    "happened_at_day": "16",
    "happened_at_month": "8",
    "happened_at_year": "2017",
    "happened_at_time": "9am",
    "with_whom": "A council",
    "what": "Asked for the date.",
}


def second(role, at):
    """Another person of the fund, with this role."""
    edda = Person.objects.make("edda.second@fund.example.org", "Edda Second", joined_at=at)
    people.give_role(edda, role, by=None, at=at)
    return edda


@pytest.fixture
def asked(committed_db):
    """A question of an open tender; the moment is held for every thread."""
    with clock.held_at(PUBLISHED):
        tender, priya = published_tender(), cast.person("lead-a", at=PUBLISHED)
        made = question.ask(tender, text="May a school join?", by=priya, at=PUBLISHED)
        OutboxMessage.objects.all().delete()
        yield made


@pytest.fixture
def managers(asked):
    """Two managers, each in a browser of their own."""
    browsers = Client(), Client()
    pair = cast.person("manager", at=PUBLISHED), second("manager", PUBLISHED)
    for browser, person in zip(browsers, pair, strict=True):
        browser.force_login(person)
    return browsers


def told():
    return list(OutboxMessage.objects.values_list("kind", "address"))


def test_an_answer_that_two_publish_at_once_is_published_and_told_once(asked, managers):
    page = f"/tenders/SF1/questions/{asked.pk}/answer/"
    works = [
        lambda one=one, words=words: one.post(page, {"public_text": "May it?", "answer": words})
        for one, words in zip(managers, ("Yes, it may.", "Yes, of course."), strict=True)
    ]
    first, last = sorted(at_once(works), key=lambda answer: answer.status_code)
    assert (first.status_code, last.status_code) == (302, 409)
    published = Question.objects.get()
    assert published.number == 1
    assert Event.objects.filter(name="question.answered").count() == 1
    assert told() == [("tenders/questions_answered", cast.PLAYERS["lead-a"].email)]
    page = text_of(last)
    assert "This answer is published already, as question 1" in page
    kept = {"Yes, it may.", "Yes, of course."} - {published.answer}
    assert kept.pop() in page
    assert "See how it stands now" in page


def test_prepared_answers_that_two_publish_at_once_are_told_once_and_the_second_is_told(asked, managers):
    by = cast.person("manager", at=PUBLISHED)
    answers.prepare(asked, public_text="May it?", answer="Yes.", by=by, at=PUBLISHED)
    ticked = {"ready": [str(asked.pk)]}
    results = at_once(lambda one=one: one.post(WAITING, ticked) for one in managers)
    assert Counter(answer.status_code for answer in results) == {302: 1, 409: 1}
    assert told() == [("tenders/questions_answered", cast.PLAYERS["lead-a"].email)]
    late = managers[0].post(WAITING, ticked)
    assert late.status_code == 409
    assert "does not wait to be published any more" in text_of(late)


@pytest.fixture
def moderators(committed_db):
    """A moderator and a deputy, each in a browser of their own, and the moderation that one of them began."""
    with clock.held_at(AGREED):
        tender, oskar = scored_tender(opened_pile(1)), cast.person("moderator", at=OPENED)
        deputy = second("moderator", OPENED)
        by, none = cast.person("manager", at=OPENED), dict.fromkeys(organisations_of(tender), (False, ""))
        panel.name(tender, deputy, part="moderator", is_deputy=True, by=by, at=OPENED)
        declaration.declare(tender, none, by=deputy, at=OPENED)
        started = moderation.start(proposals_of(tender)[0], by=oskar, at=AGREED)
        browsers = Client(), Client()
        for browser, person in zip(browsers, (oskar, deputy), strict=True):
            browser.force_login(person)
        yield browsers, started


def until_waiting(count):
    """Return when that many wait for a lock."""
    waiting, until = "SELECT count(*) FROM pg_locks WHERE NOT granted", time.monotonic() + 20
    with connection.cursor() as cursor:
        while cursor.execute(waiting) or cursor.fetchone()[0] < count:
            assert time.monotonic() < until, "they did not all come to the row"
            time.sleep(0.01)


def holds_both_up(held):
    """Hold the moderation's row until two wait for it, so that neither page saw what the other saved."""
    with transaction.atomic():
        Moderation.objects.select_for_update().get()
        held.set()
        until_waiting(2)


def base_of(response):
    return re.search(r'name="base" value="([^"]*)"', text_of(response))[1]


def test_of_two_moderators_who_save_at_once_the_second_is_told_what_the_first_saved(moderators):
    browsers, started = moderators
    code = started.proposal.tender.criteria.first().code
    page = f"/panel/SF1/{started.proposal_id}/moderation/criteria/{code}/"
    seen = {base_of(browser.get(page)) for browser in browsers}
    assert seen == {""}
    words = [{"base": "", "score": score, "reason": f"The panel meant {score}."} for score in ("2", "4")]

    held = threading.Event()

    def save(browser, said):
        held.wait()
        return browser.post(page, said)

    works = [lambda one=one, said=said: save(one, said) for one, said in zip(browsers, words, strict=True)]
    free, *results = at_once([lambda: holds_both_up(held), *works])
    assert free is None
    assert Counter(answer.status_code for answer in results) == {302: 1, 422: 1}
    late = next(place for place, answer in enumerate(results) if answer.status_code == 422)
    kept = AgreedScore.objects.get()
    assert kept.reason == words[1 - late]["reason"]
    told = text_of(results[late])
    assert f"{kept.saved_by} saved {kept.score} for this since you opened the page" in told
    assert words[late]["reason"] in told
    browsers[late].post(page, words[late] | {"base": base_of(results[late])})
    kept.refresh_from_db()
    assert kept.reason == words[late]["reason"]


def test_what_comes_while_a_draft_is_discarded_is_kept_or_refused_in_words(committed_db):
    with clock.held_at(PUBLISHED):
        draft, by, held = draft_tender(), cast.person("manager", at=PUBLISHED), threading.Event()

        def discards():
            with transaction.atomic():
                tenders.discard(Tender.objects.get(pk=draft.pk), by=by, at=PUBLISHED)
                held.set()
                until_waiting(3)

        def sends(page, words):
            browser = Client()
            browser.force_login(by)
            held.wait()
            return browser.post(page, words)

        sent = {
            "/report-a-problem/?page=/staff/tenders/SF1/write/": {"words": "The dates jump."},
            "/staff/tenders/SF1/file/": NOTE,
            "/staff/tenders/SF1/discard/": {},
        }
        works = [lambda page=page, words=words: sends(page, words) for page, words in sent.items()]
        free, *answers = at_once([discards, *works])
    assert free is None
    assert [answer.status_code for answer in answers] == [200, 409, 409]
    assert "Somebody discarded this draft" in text_of(answers[1])
    assert "Asked for the date." in text_of(answers[1])
    assert "Somebody discarded this draft" in text_of(answers[2])
    assert ProblemReport.objects.get().tender is None
