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
NONE_TICKED = "Tick the answers to publish"
NO_MAIL_TO_WAIT_FOR = "There is no later mail to wait for any more: the mail goes at once. Publish it now"


def answer(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Publish question and answer in the ODI's wording; everybody watching is told, the asker among them."""
    _both(public_text, answer)
    with transaction.atomic():
        _number_in_turn(question.tender)
        _publish_left(question.tender, at)
        _publish(question, public_text.strip(), answer.strip(), by, at)
        notices.tell(question.tender, at=at)
        question.refresh_from_db(fields=["told_at"])


def prepare(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Keep question and answer as they shall be published, with others or later. Nobody is told yet."""
    _both(public_text, answer)
    with QUESTION.take("prepare", question, by=by, at=at):
        _keep_what_was_agreed(question, public_text.strip())
        question.public_text, question.answer = public_text.strip(), answer.strip()
        question.publish_by = question.publish_at = None


def leave_to_mail(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Let the clock publish it with the next mail of answers, so that everybody learns of it at once."""
    _both(public_text, answer)
    with transaction.atomic():
        _number_in_turn(question.tender)
        _leave(question, public_text.strip(), answer.strip(), by, at)


def leave_all_to_mail(tender: Tender, questions: Sequence[Question], *, by: Person, at: datetime) -> None:
    """Let the clock publish prepared answers with the next mail. Raises NotReady of none."""
    if not questions:
        raise NotReady([NONE_TICKED])
    with transaction.atomic():
        _number_in_turn(tender)
        for question in questions:
            _leave(question, question.public_text, question.answer, by, at)


def _leave(question: Question, public_text: str, answer: str, by: Person, at: datetime) -> None:
    mail = asked.may_wait_until(question.tender, at)
    if mail is None:
        raise NotReady([NO_MAIL_TO_WAIT_FOR])
    with QUESTION.take("leave_to_mail", question, by=by, at=at, facts={"publish_at": mail}):
        _keep_what_was_agreed(question, public_text)
        question.public_text, question.answer = public_text, answer
        question.publish_by, question.publish_at = by, mail


def take_back(question: Question, *, by: Person, at: datetime) -> None:
    """Take an answer back that waits for the next mail: it is kept, and staff publish it or do not."""
    with QUESTION.take("take_back", question, by=by, at=at):
        if not question.is_left_to_mail:
            raise MovedOn("This answer does not wait for the mail any more. See how it stands now.")
        question.publish_by = question.publish_at = None


def publish(tender: Tender, questions: Sequence[Question], *, by: Person, at: datetime) -> None:
    """Publish prepared answers together, numbered in the order they were asked. Raises NotReady of none."""
    if not questions:
        raise NotReady([NONE_TICKED])
    with transaction.atomic():
        _number_in_turn(tender)
        _publish_left(tender, at)
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
        question.publish_by = question.publish_at = None


def _publish_left(tender: Tender, at: datetime) -> None:
    """Publish, as they stand now, the answers that were left to a mail whose moment has come."""
    for question in asked.left_to_mail(tender).filter(publish_at__lte=at):
        facts = {"number": (number := asked.next_number(tender))}
        try:
            with QUESTION.take("publish_with_mail", question, at=at, facts=facts):
                question.number, question.answered_at = number, at
                question.answered_by = question.publish_by
        except MovedOn:  # somebody took it back just now
            continue


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


def tell_waiting(at: datetime) -> None:
    """From the morning on: publish what was left to the mail, and tell of all that no mail has told of."""
    if in_london(at).hour < asked.MORNING:
        return
    for tender in asked.tenders_to_tell(at):
        with transaction.atomic():
            _number_in_turn(tender)
            _publish_left(tender, at)
            notices.tell(tender, at=at)
