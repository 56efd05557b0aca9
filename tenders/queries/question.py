"""Questions: the public list, the staff's queue, and the next number."""

from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet

from odifund.core.access import signed_in
from tenders.models import Question, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person


def public_questions(tender: Tender) -> QuerySet[Question]:
    """Answered questions in the order of their numbers; a page shows their public wording alone."""
    return Question.objects.filter(tender=tender, status=Question.Status.ANSWERED).order_by("number")


def own_waiting(user: "Person | AnonymousUser", tender: Tender) -> QuerySet[Question]:
    """The person's own questions that wait for an answer: nobody else outside the fund sees them."""
    if not signed_in(user):
        return Question.objects.none()
    return waiting_questions(tender).filter(asked_by=user)


def waiting_questions(tender: Tender | None = None) -> QuerySet[Question]:
    """Questions without an answer, the oldest first."""
    waiting = Question.objects.filter(status=Question.Status.ASKED).select_related("tender")
    return (waiting.filter(tender=tender) if tender else waiting).order_by("asked_at", "pk")


def next_number(tender: Tender) -> int:
    """The number the next answered question gets. Ask under the tender's row lock."""
    last = Question.objects.filter(tender=tender).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
