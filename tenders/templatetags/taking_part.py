"""What the parts of a tender's public page need: answered questions, notices, and where the reader stands."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.template import Context

from consortia.models import Consortium
from tenders.models import Question, Tender
from tenders.queries.consortium import consortia_in
from tenders.queries.notice import notices_of
from tenders.queries.question import public_questions
from tenders.queries.watch import watches

register = template.Library()
SHOWN = 3

register.simple_tag(notices_of, name="notices_of")


@dataclass(frozen=True)
class Answered:
    """How many questions are answered, and the newest of them."""

    count: int
    newest: list[Question]


@register.simple_tag
def answered(tender: Tender) -> Answered:
    """The newest answers; the rest are on the page of questions."""
    newest = list(public_questions(tender).order_by("-number")[:SHOWN])
    return Answered(newest[0].number or 0 if newest else 0, newest)


@register.simple_tag(takes_context=True)
def my_consortia(context: Context, tender: Tender) -> list[Consortium]:
    """The consortia of this tender the reader is named in."""
    user = context["user"]
    return list(consortia_in(user, tender)) if user.is_authenticated else []


@register.simple_tag(takes_context=True)
def i_watch(context: Context, tender: Tender) -> bool:
    """Whether the reader watches the tender."""
    user = context["user"]
    return bool(user.is_authenticated and watches(user, tender))


@register.filter
def asks_until(tender: Tender, at: datetime) -> bool:
    """Whether questions are still open at this moment."""
    return tender.accepts_questions(at)


@register.filter
def takes_proposals(tender: Tender, at: datetime) -> bool:
    """Whether proposals are still taken at this moment."""
    return tender.accepts_proposals(at)
