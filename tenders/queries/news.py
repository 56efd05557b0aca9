"""What is new in the tenders somebody follows."""

from datetime import datetime, timedelta

from django.db.models import Q
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
    notices = Notice.objects.filter(tender__in=tenders, published_at__gte=since).select_related("tender")
    answers = Question.objects.filter(tender__in=tenders, answered_at__gte=since).select_related("tender")
    found = [_notice(notice) for notice in notices.order_by("-published_at")[:MOST]]
    found += [_answer(question) for question in answers.order_by("-answered_at")[:MOST]]
    return sorted(found, key=lambda news: news.at, reverse=True)[:MOST]


def _notice(notice: Notice) -> News:
    url = f"{notice.tender.get_absolute_url()}#notices"
    return News(notice.published_at, f"{notice.tender.reference}: {notice.title}", url)


def _answer(question: Question) -> News:
    assert question.answered_at is not None
    url = f"{reverse('tenders:questions', args=[question.tender.reference])}#question-{question.number}"
    title = f"{question.tender.reference}: question {question.number} is answered"
    return News(question.answered_at, title, url, question.public_text)
