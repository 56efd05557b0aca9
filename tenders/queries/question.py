"""Questions: the public list, an asker's own, the staff's queue, and who is told of which answers."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Max, Min, Q, QuerySet

from odifund.core.access import signed_in
from odifund.core.models import Person
from odifund.core.wording import LONDON, in_london, time_of_day
from tenders.models import Question, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

Status = Question.Status
MORNING = 8  # o'clock in London: nobody is told in the night


def waits(of: str = "") -> Q:
    """Where staff have something to do: write an answer, or publish it. `of` leads to the questions."""
    ready = Q(**{f"{of}status": Status.READY, f"{of}publish_at": None})
    return Q(**{f"{of}status": Status.ASKED}) | ready


def public_questions(tender: Tender) -> QuerySet[Question]:
    """Answered questions in the order of their numbers; a page shows their public wording alone."""
    return Question.objects.filter(tender=tender, status=Status.ANSWERED).order_by("number")


def own(user: "Person | AnonymousUser", tender: Tender) -> QuerySet[Question]:
    """The person's own questions that are not in the public list: nobody else outside the fund sees them."""
    if not signed_in(user):
        return Question.objects.none()
    asked = Question.objects.filter(tender=tender, asked_by=user).exclude(status=Status.ANSWERED)
    return asked.select_related("tender", "merged_into").order_by("asked_at", "pk")


def waiting_questions(tender: Tender | None = None) -> QuerySet[Question]:
    """Questions that staff have to write an answer to, the oldest first."""
    return _in(Status.ASKED, tender)


def offered_questions(tender: Tender) -> QuerySet[Question]:
    """Private questions whose askers were asked to agree to a public wording."""
    return _in(Status.OFFERED, tender)


def ready_questions(tender: Tender | None = None) -> QuerySet[Question]:
    """Questions whose answers are written and not published, and wait for staff to do it."""
    return _in(Status.READY, tender).filter(publish_at=None)


def left_to_mail(tender: Tender) -> QuerySet[Question]:
    """Answers that the clock publishes with the next mail, in the order in which they were asked."""
    return _in(Status.READY, tender).exclude(publish_at=None)


def closed_questions(tender: Tender) -> QuerySet[Question]:
    """Questions that never come into the public list: for the record of who oversees."""
    ended = (Status.ANSWERED_ALONE, Status.MERGED, Status.DECLINED, Status.WITHDRAWN)
    found = Question.objects.filter(tender=tender, status__in=ended)
    return found.select_related("merged_into").order_by("asked_at", "pk")


def _in(status: str, tender: Tender | None) -> QuerySet[Question]:
    found = Question.objects.filter(status=status).select_related("tender")
    return (found.filter(tender=tender) if tender else found).order_by("asked_at", "pk")


def same_as(question: Question) -> QuerySet[Question]:
    """What a question can be taken together with: those of its tender that have an answer."""
    answered = Question.objects.filter(tender=question.tender_id, status__in=(Status.READY, Status.ANSWERED))
    return answered.exclude(pk=question.pk).order_by(F("number").asc(nulls_last=True), "asked_at", "pk")


def next_number(tender: Tender) -> int:
    """The number the next answered question gets. Ask under the tender's row lock."""
    last = Question.objects.filter(tender=tender).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def number_of(question: Question) -> int | None:
    """The number under which it is published by now, whoever did that. Ask under the tender's row lock."""
    return public_questions(question.tender).filter(pk=question.pk).values_list("number", flat=True).first()


def stops_publishing(question: Question, at: datetime) -> Iterator[str]:
    """Why it may not be answered for everybody."""
    if question.needs_agreement:
        yield "This was asked in private. Its asker has to agree to a public wording first"


def answers_to_tell(tender: Tender) -> QuerySet[Question]:
    """Published answers that no mail has told of yet."""
    return public_questions(tender).filter(told_at=None)


def told_on(tender: Tender, day: date) -> bool:
    """Whether the day's mail of answers has gone already; the day is London's."""
    return Question.objects.filter(tender=tender, told_at__date=day).exists()


def next_mail(tender: Tender, at: datetime) -> datetime | None:
    """When the next mail of answers goes; None where nothing keeps it from going at once."""
    if told_on(tender, in_london(at).date()):
        return datetime.combine(in_london(at).date() + timedelta(days=1), time(MORNING), LONDON)
    left = left_to_mail(tender).aggregate(first=Min("publish_at"))["first"]
    return left if left and left > at else None


def may_wait_until(tender: Tender, at: datetime) -> datetime | None:
    """The moment of a mail that an answer may wait for: one by which all answers are due, or none."""
    mail, due = next_mail(tender, at), tender.answers_due_at
    return None if mail and due and mail > due else mail


def may_be_published(question: Question) -> bool:
    """Whether it is staff's to answer it for everybody, now or with the mail."""
    return question.is_ready or (question.waits and not question.needs_agreement)


def in_the_morning(mail: datetime, at: datetime) -> str:
    """That moment as people say it: tomorrow at 8am, or today at 8am."""
    is_today = in_london(mail).date() == in_london(at).date()
    return f"{'today' if is_today else 'tomorrow'} at {time_of_day(mail)}"


def tenders_to_tell(at: datetime) -> QuerySet[Tender]:
    """Tenders with answers that no mail has told of yet, or that are to be published by now."""
    untold = Q(questions__status=Status.ANSWERED, questions__told_at=None)
    due = Q(questions__status=Status.READY, questions__publish_at__lte=at)
    return Tender.objects.filter(untold | due).distinct()


def askers_of(questions: Iterable[Question]) -> list[Person]:
    """Who asked these, and who asked the same and was taken together with them."""
    asked = Q(questions__in=questions) | Q(questions__merged_into__in=questions)
    return list(Person.objects.filter(asked).distinct())
