"""Answering: everybody is told the same words once, and nothing anywhere tells who asked."""

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, EventDetails, OutboxMessage
from tenders.actions import answer as answers
from tenders.actions import question, watch
from tenders.models import Question
from tests import cast
from tests.factories.consortium import consortium_of
from tests.factories.tender import PUBLISHED, published_tender

pytestmark = pytest.mark.django_db
TEXT = "We at Exampleshire (Priya Nair) wonder: may a university be a member?"


@pytest.fixture
def tender():
    published = published_tender()
    OutboxMessage.objects.all().delete()
    return published


@pytest.fixture
def manager():
    return cast.person("manager", at=PUBLISHED)


@pytest.fixture
def asked(tender):
    with clock.held_at(PUBLISHED):
        return question.ask(tender, text=TEXT, by=cast.person("lead-a", at=PUBLISHED), at=PUBLISHED)


def answer(asked, by, public_text="May a university be a member?", words="Yes."):
    answers.answer(asked, public_text=public_text, answer=words, by=by, at=PUBLISHED)


def test_an_answer_is_numbered_in_the_order_of_answers(tender, asked, manager):
    with clock.held_at(PUBLISHED):
        later = question.ask(tender, text="Second?", by=cast.person("lead-b", at=PUBLISHED), at=PUBLISHED)
    answer(later, manager)
    answer(asked, manager)
    assert (later.number, asked.number) == (1, 2)
    assert asked.status == Question.Status.ANSWERED
    assert (asked.answered_by, asked.answered_at) == (manager, PUBLISHED)


def test_watchers_named_people_and_the_asker_are_each_told_once(tender, asked, manager):
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    consortium_of("lead-b", "partner-a", tender=tender)
    watch.start(tender, by=cast.person("lead-b", at=PUBLISHED), at=PUBLISHED)
    OutboxMessage.objects.all().delete()
    answer(asked, manager)
    people = ("lead-a", "lead-b", "newcomer", "partner-a")
    wanted = sorted(cast.person(player, at=PUBLISHED).email for player in people)
    assert sorted(OutboxMessage.objects.values_list("address", flat=True)) == wanted


def test_the_asker_is_told_even_when_they_stopped_watching(tender, asked, manager):
    priya = cast.person("lead-a", at=PUBLISHED)
    watch.stop(tender, by=priya, at=PUBLISHED)
    answer(asked, manager)
    assert OutboxMessage.objects.get().address == priya.email


def test_no_mail_and_no_open_event_tells_who_asked(tender, asked, manager):
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    answer(asked, manager)
    bodies = {row.address: row.subject + row.body for row in OutboxMessage.objects.all()}
    ours, theirs = bodies["priya.nair@exampleshire.example.org"], bodies["nia.penhallow@middling.example.org"]
    assert ours.replace("Priya Nair", "Nia Penhallow") == theirs
    for planted in ("Priya", "Exampleshire", "wonder"):
        assert planted not in theirs
    assert all(OutboxMessage.objects.values_list("sealed", flat=True))
    for event in Event.objects.filter(name="question.answered"):
        assert "Priya" not in str(EventDetails.objects.get(event=event).content)
        assert event.actor == manager.pk


def test_it_is_answered_once(asked, manager):
    answer(asked, manager)
    with pytest.raises(MovedOn):
        answer(asked, manager, words="No.")
    asked.refresh_from_db()
    assert asked.answer == "Yes."


@pytest.mark.parametrize("player", ["lead-a", "approver", "evaluator-1", "observer", "administrator"])
def test_only_a_manager_answers(asked, player):
    with pytest.raises(WrongPerson):
        answer(asked, cast.person(player, at=PUBLISHED))


@pytest.mark.parametrize(("public_text", "words"), [("", "Yes."), ("May they?", "  ")])
def test_both_wordings_are_needed(asked, manager, public_text, words):
    with pytest.raises(NotReady):
        answer(asked, manager, public_text, words)
    asked.refresh_from_db()
    assert asked.status == Question.Status.ASKED
