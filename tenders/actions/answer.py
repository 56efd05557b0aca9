"""What staff do with a question: answer everybody, one or a batch; answer alone, take together, decline."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person
from odifund.core.wording import in_london
from tenders.lifecycle import QUESTION
from tenders.models import Question, Tender
from tenders.notices import question as notices
from tenders.queries import question as asked

BOTH = "Write both the question as everybody will read it, and the answer"


def answer(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Publish question and answer in the ODI's wording; everybody watching is told, the asker among them."""
    _both(public_text, answer)
    with transaction.atomic():
        _number_in_turn(question.tender)
        _publish(question, public_text.strip(), answer.strip(), by, at)
        notices.tell(question.tender, at=at)
        question.refresh_from_db(fields=["told_at"])


def prepare(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Keep question and answer as they shall be published, with others or later. Nobody is told yet."""
    _both(public_text, answer)
    with QUESTION.take("prepare", question, by=by, at=at):
        _keep_what_was_agreed(question, public_text.strip())
        question.public_text, question.answer = public_text.strip(), answer.strip()


def publish(tender: Tender, questions: Sequence[Question], *, by: Person, at: datetime) -> None:
    """Publish prepared answers together, numbered in the order they were asked. Raises NotReady of none."""
    if not questions:
        raise NotReady(["Tick the answers to publish"])
    with transaction.atomic():
        _number_in_turn(tender)
        for question in sorted(questions, key=lambda one: (one.asked_at, one.pk)):
            _publish(question, question.public_text, question.answer, by, at)
        notices.tell(tender, at=at)


def _both(public_text: str, answer: str) -> None:
    if not public_text.strip() or not answer.strip():
        raise NotReady([BOTH])


def _number_in_turn(tender: Tender) -> None:
    """Numbers are given one after another; the lock lets submits pass, which only refer to the row."""
    Tender.objects.select_for_update(no_key=True).get(pk=tender.pk)


def _publish(question: Question, public_text: str, answer: str, by: Person, at: datetime) -> None:
    if published := asked.number_of(question):
        raise MovedOn(f"This answer is published already, as question {published}. Nobody is told again.")
    number = asked.next_number(question.tender)
    with QUESTION.take("answer", question, by=by, at=at, facts={"number": number}):
        _keep_what_was_agreed(question, public_text)
        question.public_text, question.answer = public_text, answer
        question.number, question.answered_by, question.answered_at = number, by, at


def _keep_what_was_agreed(question: Question, public_text: str) -> None:
    if question.agreed_at and question.public_text != public_text:
        raise NotReady(["The asker agreed to another wording of the question. Publish it as it was agreed"])


def offer_wording(question: Question, *, public_text: str, by: Person, at: datetime) -> None:
    """Ask who asked privately to agree that everybody reads it so, or to withdraw it."""
    if not public_text.strip():
        raise NotReady(["Write the question as everybody would read it"])
    if not question.needs_agreement:
        raise NotReady(["Only a private question needs its asker’s agreement"])
    with QUESTION.take("offer_wording", question, by=by, at=at):
        question.public_text = public_text.strip()
        notices.wording_offered(question, at=at)


def answer_alone(question: Question, *, answer: str, by: Person, at: datetime) -> None:
    """Answer a private question to its asker alone: only what is about their own affairs."""
    if not answer.strip():
        raise NotReady(["Write the answer"])
    if not question.is_private:
        raise NotReady(["Only a question about the asker’s own affairs is answered alone"])
    with QUESTION.take("answer_alone", question, by=by, at=at):
        question.answer, question.answered_by, question.answered_at = answer.strip(), by, at
        notices.answered_alone(question, at=at)


def merge(question: Question, into: Question, *, by: Person, at: datetime) -> None:
    """Take a question together with one that has its answer: its asker is told of that one."""
    with transaction.atomic():
        _number_in_turn(question.tender)
        into.refresh_from_db()
        if into.tender_id != question.tender_id or into.pk == question.pk or not into.has_answer:
            raise MovedOn("That question cannot take this one in: it has no answer.")
        if question.needs_agreement:
            raise NotReady(asked.stops_publishing(question, at))
        with QUESTION.take("merge", question, by=by, at=at):
            question.merged_into = into
        if into.told_at:
            notices.taken_together(question, at=at)


def decline(question: Question, *, reason: str, by: Person, at: datetime) -> None:
    """Decline to answer. The asker alone is told why."""
    if not reason.strip():
        raise NotReady(["Say why it is not answered. The asker reads it"])
    with QUESTION.take("decline", question, by=by, at=at):
        question.reason = reason.strip()
        notices.declined(question, at=at)


MORNING = 8  # o'clock in London: nobody is told in the night


def tell_waiting(at: datetime) -> None:
    """Tell, from the morning on, of the answers that were published after the day's mail had gone."""
    if in_london(at).hour < MORNING:
        return
    for tender in asked.tenders_to_tell():
        with transaction.atomic():
            _number_in_turn(tender)
            notices.tell(tender, at=at)
