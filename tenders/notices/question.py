"""Mails about questions. All who are told get the same words: nothing in them tells who asked."""

from datetime import datetime

from odifund.core import mail
from tenders.models import Question
from tenders.notices.address_watch import everybody


def answered(question: Question, *, at: datetime) -> None:
    """The published question and answer, to everybody who is told and to the asker."""
    mail.queue(
        "tenders/question_answered",
        key=f"tenders/question_answered:{question.pk}",
        to=everybody(question.tender, also=question.asked_by),
        at=at,
        context={"tender": question.tender, "question": question},
        about=question,
        sealed=True,
    )
