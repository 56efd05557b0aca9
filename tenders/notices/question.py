"""Mails about questions. All who are told get the same words: nothing in them tells who asked.

Their addresses are shown to nobody, after the opening no more than before: beside a mail to the asker
alone, or among those who were told of one answer and not of another, they would tell it.
"""

from datetime import datetime

from odifund.core import mail
from odifund.core.wording import in_london
from tenders.models import Question, Tender
from tenders.notices.address_watch import everybody
from tenders.queries import question as asked


def tell(tender: Tender, *, at: datetime) -> None:
    """All answers not told of yet, to everybody who is told and to their askers: one mail a day and tender.

    Ask under the tender's row lock. What is published after the day's mail waits for the next day's, and
    before the morning for which answers were left, for that morning's.
    """
    questions = list(asked.answers_to_tell(tender))
    today = in_london(at).date()
    if not questions or asked.next_mail(tender, at):
        return
    several = len(questions) > 1
    what = f"{len(questions)} questions are" if several else f"question {questions[0].number} is"
    mail.queue(
        "tenders/questions_answered",
        key=f"tenders/questions_answered:{tender.pk}:{today}",
        to=everybody(tender, also=asked.askers_of(questions)),
        at=at,
        context={"tender": tender, "questions": questions, "what": what},
        about=tender,
        sealed=True,
        private=True,
    )
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(told_at=at)


def wording_offered(question: Question, *, at: datetime) -> None:
    """To who asked: agree to the wording, or withdraw."""
    _to_the_asker("question_wording_offered", question, at)


def answered_alone(question: Question, *, at: datetime) -> None:
    """The answer, to who asked."""
    _to_the_asker("question_answered_alone", question, at)


def taken_together(question: Question, *, at: datetime) -> None:
    """Where the answer to the same question is, to who asked it again."""
    _to_the_asker("question_taken_together", question, at)


def declined(question: Question, *, at: datetime) -> None:
    """Why it is not answered, to who asked."""
    _to_the_asker("question_declined", question, at)


def _to_the_asker(kind: str, question: Question, at: datetime) -> None:
    mail.queue(
        f"tenders/{kind}",
        key=f"tenders/{kind}:{question.pk}:{at.isoformat()}",
        to=[question.asked_by],
        at=at,
        context={"tender": question.tender, "question": question},
        about=question,
        sealed=True,
        private=True,
    )
