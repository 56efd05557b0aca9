"""Asking the ODI, and answering everybody at once."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import NotReady, TooLate, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions import watch
from tenders.lifecycle import QUESTION
from tenders.models import LateAttempt, Question, Tender
from tenders.notices import question as notices
from tenders.queries.question import next_number

LIMIT = 4000  # characters of a question


def ask(tender: Tender, *, text: str, by: Person, at: datetime) -> Question:
    """Ask. The moment read under the lock decides; on the cut-off is late. Who asks also watches."""
    if not access.asks(by, tender):
        raise WrongPerson("The fund's own people do not ask questions here.")
    if not text.strip():
        raise NotReady(["Write your question"])
    try:
        with transaction.atomic():
            return _ask_in_time(tender, text, by, seen_at=at)
    except TooLate as late:
        _record_late(tender, late, by, seen_at=at)
        raise


def _ask_in_time(tender: Tender, text: str, by: Person, *, seen_at: datetime) -> Question:
    moment = locks.shared(tender)
    if not tender.accepts_questions(moment):
        deadline = tender.questions_close_at
        assert deadline is not None
        raise TooLate(
            "Questions had closed when yours reached us, so it was not asked.",
            deadline=deadline,
            judged_at=moment,
            kept="What you wrote is still in the box below. Copy it if you need it.",
        )
    question = Question.objects.create(
        tender=tender, text=text.strip(), asked_by=by, asked_at=moment, seen_at=seen_at
    )
    audit.record("question.asked", question, by=by, at=moment)
    watch.ensure(tender, by=by, at=moment)
    return question


def _record_late(tender: Tender, late: TooLate, by: Person, *, seen_at: datetime) -> None:
    with transaction.atomic():
        attempt = LateAttempt.objects.create(
            tender=tender,
            what="question",
            person=by,
            seen_at=seen_at,
            judged_at=late.judged_at,
            deadline_at=late.deadline,
            reached_us_in_time=seen_at < late.deadline,
        )
        audit.record("question.refused_late", attempt, by=by, at=late.judged_at)


def answer(question: Question, *, public_text: str, answer: str, by: Person, at: datetime) -> None:
    """Publish question and answer in the ODI's wording; everybody watching is told, the asker among them."""
    if not public_text.strip() or not answer.strip():
        raise NotReady(["Write both the question as everybody will read it, and the answer"])
    with transaction.atomic():
        # Numbers are given one after another; the lock lets submits pass, which only refer to the row.
        Tender.objects.select_for_update(no_key=True).get(pk=question.tender_id)
        number = next_number(question.tender)
        with QUESTION.take("answer", question, by=by, at=at, facts={"number": number}):
            question.public_text, question.answer = public_text.strip(), answer.strip()
            question.number, question.answered_by, question.answered_at = number, by, at
            notices.answered(question, at=at)
