"""Asking the ODI, and what an asker may do about an own question. Answers are in answer.py."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import NotReady, TooLate, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions import watch
from tenders.lifecycle import QUESTION
from tenders.models import LateAttempt, Question, Tender

LIMIT = 4000  # characters of a question


def ask(tender: Tender, *, text: str, by: Person, at: datetime, is_private: bool = False) -> Question:
    """Ask. The moment read under the lock decides; on the cut-off is late. Who asks also watches.

    `is_private` says that it is about the asker's own affairs alone.
    """
    if not access.asks(by, tender):
        raise WrongPerson("The fund's own people do not ask questions here.")
    if not tender.is_published:
        raise NotReady([f"{tender.reference} is not published. Questions are taken from its publication on"])
    if not text.strip():
        raise NotReady(["Write your question"])
    try:
        with transaction.atomic():
            return _ask_in_time(tender, text, by, seen_at=at, is_private=is_private)
    except TooLate as late:
        _record_late(tender, late, by, seen_at=at)
        raise


def _ask_in_time(tender: Tender, text: str, by: Person, *, seen_at: datetime, is_private: bool) -> Question:
    moment = locks.shared(tender)
    if not tender.accepts_questions(moment):
        deadline = tender.questions_end_at
        assert deadline is not None
        raise TooLate(
            "Questions had closed when yours reached us, so it was not asked.",
            deadline=deadline,
            judged_at=moment,
            kept="What you wrote is still in the box below. Copy it if you need it.",
        )
    question = Question.objects.create(
        tender=tender,
        text=text.strip(),
        is_private=is_private,
        asked_by=by,
        asked_at=moment,
        seen_at=seen_at,
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


def agree(question: Question, *, by: Person, at: datetime) -> None:
    """Agree that everybody reads a private question in the wording offered; it then waits for its answer."""
    with QUESTION.take("agree", question, by=by, at=at):
        question.agreed_at = at


def withdraw(question: Question, *, by: Person, at: datetime) -> None:
    """Take an own question back before it is answered. Nobody is told."""
    with QUESTION.take("withdraw", question, by=by, at=at):
        pass
