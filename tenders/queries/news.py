"""What is new in the tenders somebody follows."""

from datetime import datetime, timedelta

from django.db.models import IntegerField, Q, Value
from django.urls import reverse

from consortia import access as parties
from odifund.core.access import is_staff
from odifund.core.models import Person
from odifund.core.todo import News
from tenders.models import Notice, Question, Tender, Watch

WINDOW = timedelta(days=14)
MOST = 8


def news_for(person: Person, at: datetime) -> list[News]:
    """Notices and answers of the last two weeks, the newest first: followed tenders, or all for staff."""
    tenders = Tender.objects.exclude(status=Tender.Status.DRAFT)
    if not is_staff(person):
        watched = Watch.objects.filter(person=person, ended_at=None).values("tender")
        named = parties.consortia_for(person).values("formed_for")
        tenders = tenders.filter(Q(pk__in=watched) | Q(pk__in=named))
    since = at - WINDOW
    notices = Notice.objects.filter(tender__in=tenders, published_at__gte=since).values_list(
        "published_at", "tender__reference", "title", Value(None, IntegerField())
    )
    answers = Question.objects.filter(tender__in=tenders, answered_at__gte=since).values_list(
        "answered_at", "tender__reference", "public_text", "number"
    )
    newest = notices.order_by().union(answers.order_by(), all=True).order_by("-published_at")
    return [_news(*row) for row in newest[:MOST]]


def _news(at: datetime, reference: str, words: str, number: int | None) -> News:
    """A notice by its title; an answer, which has a number, by its question."""
    if number is None:
        return News(at, f"{reference}: {words}", reverse("tenders:tender", args=[reference]) + "#notices")
    url = reverse("tenders:questions", args=[reference]) + f"#question-{number}"
    return News(at, f"{reference}: question {number} is answered", url, words)
