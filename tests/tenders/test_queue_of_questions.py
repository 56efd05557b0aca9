"""The queue: batches, questions asked in private, the same question twice, declining; and one mail a day."""

from datetime import timedelta

import pytest

from odifund.core import audit, clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, EventDetails, OutboxMessage
from tenders.actions import answer as answers
from tenders.actions import question, watch
from tenders.models import Question
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=2)
NEXT_DAY = LATER + timedelta(days=1)
Status = Question.Status


@pytest.fixture
def tender():
    published = published_tender()
    watch.start(published, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    OutboxMessage.objects.all().delete()
    return published


@pytest.fixture
def manager():
    return cast.person("manager", at=PUBLISHED)


def ask(tender, text, player="lead-a", **more):
    at = LATER - timedelta(hours=20 - Question.objects.count())
    with clock.held_at(at):
        return question.ask(tender, text=text, by=cast.person(player, at=PUBLISHED), at=at, **more)


def prepare(asked, by, public_text="May a university?", words="Yes."):
    answers.prepare(asked, public_text=public_text, answer=words, by=by, at=LATER)


def told(kind="questions_answered"):
    found = OutboxMessage.objects.filter(kind=f"tenders/{kind}").order_by("queued_at", "address")
    return list(found.values_list("address", flat=True))


def address(player):
    return cast.PLAYERS[player].email


# Batches


def test_a_prepared_answer_is_kept_and_nobody_learns_of_it(tender, manager):
    asked = ask(tender, "May a university?")
    prepare(asked, manager)
    prepare(asked, manager, words="Yes, it may.")
    assert (asked.status, asked.number, asked.answer) == (Status.READY, None, "Yes, it may.")
    assert not told()
    assert all(Event.objects.filter(name="question.prepared").values_list("sealed", flat=True))


def test_a_batch_is_numbered_as_it_was_asked_and_told_in_one_mail(tender, manager):
    first, second = ask(tender, "One?"), ask(tender, "Two?", "lead-b")
    prepare(second, manager, "Two?")
    prepare(first, manager, "One?")
    answers.publish(tender, [second, first], by=manager, at=LATER)
    assert (first.number, second.number) == (1, 2)
    assert sorted(told()) == sorted(address(one) for one in ("lead-a", "lead-b", "newcomer"))
    mail = OutboxMessage.objects.get(address=address("newcomer"))
    assert mail.subject == "SF1: 2 questions are answered"
    assert mail.body.index("Question 1") < mail.body.index("Question 2")


def test_an_empty_batch_is_refused_and_half_a_batch_is_not_published(tender, manager):
    with pytest.raises(NotReady, match="Tick the answers"):
        answers.publish(tender, [], by=manager, at=LATER)
    ready, unwritten = ask(tender, "One?"), ask(tender, "Two?", is_private=True)
    prepare(ready, manager)
    with pytest.raises(NotReady):
        answers.publish(tender, [ready, unwritten], by=manager, at=LATER)
    ready.refresh_from_db()
    assert ready.status == Status.READY
    assert not told()


def test_everybody_gets_at_most_one_mail_a_day_and_no_answer_is_left_out(tender, manager):
    first, second = ask(tender, "One?"), ask(tender, "Two?", "lead-b")
    answers.answer(first, public_text="One?", answer="Yes.", by=manager, at=LATER)
    answers.answer(second, public_text="Two?", answer="No.", by=manager, at=LATER + timedelta(hours=1))
    evening = LATER.replace(hour=22)
    answers.tell_waiting(evening)
    assert told() == sorted(address(one) for one in ("lead-a", "lead-b", "newcomer"))
    answers.tell_waiting(NEXT_DAY.replace(hour=4))
    assert len(told()) == 3
    for _ in range(2):
        answers.tell_waiting(NEXT_DAY.replace(hour=8))
    assert len(told()) == 6
    assert OutboxMessage.objects.filter(subject="SF1: question 2 is answered").count() == 3


# Asked in private


def test_a_private_question_is_published_only_after_its_asker_agreed(tender, manager):
    asked, priya = ask(tender, "May we, Exampleshire?", is_private=True), cast.person("lead-a", at=PUBLISHED)
    for publish in (answers.answer, answers.prepare):
        with pytest.raises(NotReady, match="Its asker has to agree"):
            publish(asked, public_text="May a council?", answer="Yes.", by=manager, at=LATER)
    answers.offer_wording(asked, public_text="May a council?", by=manager, at=LATER)
    assert told("question_wording_offered") == [address("lead-a")]
    with visiting("lead-a", at=LATER) as client:
        assert "Agree to the wording of your question about SF1, or withdraw" in text_of(client.get("/home/"))
    with visiting("lead-b", at=LATER) as client:
        assert "Agree to the wording" not in text_of(client.get("/home/"))
    with pytest.raises(WrongPerson):
        question.agree(asked, by=cast.person("lead-b", at=PUBLISHED), at=LATER)
    question.agree(asked, by=priya, at=LATER)
    with pytest.raises(NotReady, match="agreed to another wording"):
        answers.answer(asked, public_text="May Exampleshire?", answer="Yes.", by=manager, at=LATER)
    answers.answer(asked, public_text="May a council?", answer="Yes.", by=manager, at=LATER)
    assert asked.status == Status.ANSWERED


def test_an_asker_withdraws_before_the_answer_and_not_after_it(tender, manager):
    asked, priya = ask(tender, "Ours?", is_private=True), cast.person("lead-a", at=PUBLISHED)
    answers.offer_wording(asked, public_text="May a council?", by=manager, at=LATER)
    with pytest.raises(WrongPerson):
        question.withdraw(asked, by=manager, at=LATER)
    question.withdraw(asked, by=priya, at=LATER)
    with pytest.raises(MovedOn):
        answers.answer(asked, public_text="May a council?", answer="Yes.", by=manager, at=LATER)
    other = ask(tender, "Theirs?")
    prepare(other, manager)
    with pytest.raises(MovedOn):
        question.withdraw(other, by=priya, at=LATER)


def test_only_who_asked_is_told_an_answer_given_alone(tender, manager):
    asked = ask(tender, "Is our bank letter enough?", is_private=True)
    answers.answer_alone(asked, answer="Yes, it is.", by=manager, at=LATER)
    assert told("question_answered_alone") == [address("lead-a")]
    assert not told()
    assert (asked.number, asked.status) == (None, Status.ANSWERED_ALONE)
    with pytest.raises(NotReady, match="Only a question about"):
        answers.answer_alone(ask(tender, "Public?"), answer="Yes.", by=manager, at=LATER)


# Twice the same, and none at all


def test_a_question_taken_together_is_told_with_the_other(tender, manager):
    first, again = ask(tender, "One?"), ask(tender, "One, too?", "lead-b")
    with pytest.raises(MovedOn, match="it has no answer"):
        answers.merge(again, first, by=manager, at=LATER)
    prepare(first, manager)
    answers.merge(again, first, by=manager, at=LATER)
    watch.stop(tender, by=cast.person("lead-b", at=PUBLISHED), at=LATER)
    answers.publish(tender, [first], by=manager, at=LATER)
    assert sorted(told()) == sorted(address(one) for one in ("lead-a", "lead-b", "newcomer"))
    late = ask(tender, "One, again?", "partner-a")
    answers.merge(late, first, by=manager, at=LATER)
    assert told("question_taken_together") == [address("partner-a")]


def test_questions_of_two_tenders_are_not_taken_together(tender, manager):
    other = published_tender(reference="SF2")
    first = ask(other, "One?")
    prepare(first, manager)
    with pytest.raises(MovedOn):
        answers.merge(ask(tender, "One?"), first, by=manager, at=LATER)


def test_who_is_declined_is_told_why_and_nobody_else_anything(tender, manager):
    asked = ask(tender, "Which bids do you like?")
    with pytest.raises(NotReady, match="Say why"):
        answers.decline(asked, reason=" ", by=manager, at=LATER)
    answers.decline(asked, reason="That would favour a bidder.", by=manager, at=LATER)
    assert told("question_declined") == [address("lead-a")]
    assert "favour" in OutboxMessage.objects.get().body


@pytest.mark.parametrize("player", ["lead-a", "approver", "observer", "evaluator-1", "administrator"])
def test_only_a_manager_does_any_of_it(tender, manager, player):
    person, asked = cast.person(player, at=PUBLISHED), ask(tender, "Private?", is_private=True)
    with pytest.raises(WrongPerson):
        answers.offer_wording(asked, public_text="Q?", by=person, at=LATER)
    with pytest.raises(WrongPerson):
        answers.answer_alone(asked, answer="A", by=person, at=LATER)
    with pytest.raises(WrongPerson):
        answers.decline(asked, reason="No.", by=person, at=LATER)


def test_no_event_that_staff_read_names_the_asker(tender, manager):
    priya, asked = cast.person("lead-a", at=PUBLISHED), ask(tender, "Ours?", is_private=True)
    answers.offer_wording(asked, public_text="May a council?", by=manager, at=LATER)
    question.agree(asked, by=priya, at=LATER)
    question.withdraw(asked, by=priya, at=LATER)
    for event in Event.objects.filter(subject_id=str(asked.pk)):
        assert event.sealed
        words = EventDetails.objects.get(event=event).content
        for sentence in (audit.sentences[event.name], audit.sealed_sentences[event.name]):
            if event.actor == priya.pk:
                assert "Priya" not in sentence.format(**{"reference": "", **words})
