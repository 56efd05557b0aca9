"""Asking: the moment under the lock decides, and nobody learns who asked."""

from datetime import timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import NotReady, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import question
from tenders.models import LateAttempt, Question, Watch
from tests import cast
from tests.factories.tender import PUBLISHED, QUESTIONS_CLOSE, published_tender

pytestmark = pytest.mark.django_db
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def tender():
    published = published_tender()
    OutboxMessage.objects.all().delete()
    return published


@pytest.fixture
def priya():
    return cast.person("lead-a", at=PUBLISHED)


def ask(tender, by, at, text="May a university be a member?"):
    with clock.held_at(at):
        return question.ask(tender, text=text, by=by, at=at)


def test_a_question_a_microsecond_before_the_cut_off_is_in_time(tender, priya):
    asked = ask(tender, priya, QUESTIONS_CLOSE - MICROSECOND)
    assert asked.asked_at == QUESTIONS_CLOSE - MICROSECOND
    assert not LateAttempt.objects.exists()


def test_a_question_on_the_cut_off_is_late_and_recorded(tender, priya):
    with pytest.raises(TooLate) as refused:
        ask(tender, priya, QUESTIONS_CLOSE)
    assert (refused.value.deadline, refused.value.judged_at) == (QUESTIONS_CLOSE, QUESTIONS_CLOSE)
    assert not Question.objects.exists()
    attempt = LateAttempt.objects.get()
    assert (attempt.what, attempt.person, attempt.reached_us_in_time) == ("question", priya, False)
    assert Event.objects.get(name="question.refused_late").sealed


def test_the_clock_under_the_lock_decides_not_the_request_s(tender, priya):
    with clock.held_at(QUESTIONS_CLOSE), pytest.raises(TooLate):
        question.ask(tender, text="Slow?", by=priya, at=QUESTIONS_CLOSE - MICROSECOND)
    attempt = LateAttempt.objects.get()
    assert attempt.reached_us_in_time
    assert attempt.seen_at == QUESTIONS_CLOSE - MICROSECOND


def test_a_stored_cut_off_counts_though_the_page_was_drawn_with_another(tender, priya):
    stale = type(tender).objects.get(pk=tender.pk)
    tender.questions_close_at = QUESTIONS_CLOSE - timedelta(days=3)
    tender.save()
    with pytest.raises(TooLate):
        ask(stale, priya, QUESTIONS_CLOSE - timedelta(days=2))


def test_who_asks_watches_from_then_on(tender, priya):
    ask(tender, priya, PUBLISHED)
    ask(tender, priya, PUBLISHED, "And another?")
    assert Watch.objects.get(tender=tender, ended_at=None).person == priya


def test_asking_mails_nobody_and_its_event_is_sealed(tender, priya):
    ask(tender, priya, PUBLISHED)
    assert not OutboxMessage.objects.exists()
    event = Event.objects.get(name="question.asked")
    assert (event.sealed, event.scope) == (True, tender.pk)


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_question_is_refused(tender, priya, text):
    with pytest.raises(NotReady, match="Write your question"):
        ask(tender, priya, PUBLISHED, text)


@pytest.mark.parametrize("player", ["manager", "evaluator-1", "observer", "administrator"])
def test_the_fund_s_own_people_do_not_ask(tender, player):
    with pytest.raises(WrongPerson):
        ask(tender, cast.person(player, at=PUBLISHED), PUBLISHED)
