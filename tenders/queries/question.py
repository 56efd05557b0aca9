"""Questions: the public list, the staff's queue, and the next number."""

from django.db.models import Max, QuerySet

from tenders.models import Question, Tender


def public_questions(tender: Tender) -> QuerySet[Question]:
    """Answered questions in the order of their numbers; a page shows their public wording alone."""
    return Question.objects.filter(tender=tender, status=Question.Status.ANSWERED).order_by("number")


def waiting_questions(tender: Tender | None = None) -> QuerySet[Question]:
    """Questions without an answer, the oldest first."""
    waiting = Question.objects.filter(status=Question.Status.ASKED).select_related("tender")
    return (waiting.filter(tender=tender) if tender else waiting).order_by("asked_at", "pk")


def next_number(tender: Tender) -> int:
    """The number the next answered question gets. Ask under the tender's row lock."""
    last = Question.objects.filter(tender=tender).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
