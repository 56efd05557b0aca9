"""Two of the fund's people at once: one answer is published once, and no agreed score is lost."""

from collections import Counter

import pytest
from django.test import Client

from odifund.core import clock, people
from odifund.core.models import Event, OutboxMessage, Person
from tenders.actions import answer as answers
from tenders.actions import question
from tenders.models import Question
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of
from tests.tenders.test_races import at_once

WAITING = "/tenders/SF1/questions/waiting/"


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
