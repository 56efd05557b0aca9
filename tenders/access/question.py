"""Who sees, asks and answers a question. Who asked is shown to nobody else, staff included."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from odifund.core.access import signed_in
from tenders.access.seal import manages, oversees, takes_part
from tenders.models import Question, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def questions_for(user: "User", tender: Tender) -> QuerySet[Question]:
    """Answered ones for everybody (in their public wording), one's own, and all for who oversees."""
    questions = Question.objects.filter(tender=tender)
    if oversees(user, tender):
        return questions
    own = Q(asked_by=user) if signed_in(user) else Q(pk=None)
    return questions.filter(Q(status=Question.Status.ANSWERED) | own)


def question_or_404(request: HttpRequest, tender: Tender, key: UUID) -> Question:
    """The question, if it exists for this person."""
    return get_object_or_404(questions_for(request.user, tender), pk=key)


def asks(user: "User", tender: Tender) -> bool:
    """Whether the person may ask: who may bid."""
    return takes_part(user, tender)


def answers(user: "User", question: Question) -> bool:
    """Whether the person may answer."""
    return manages(user, question.tender)


def asked(user: "User", question: Question) -> bool:
    """Whether the person asked it."""
    return signed_in(user) and question.asked_by_id == user.pk


def own_question_or_404(request: HttpRequest, tender: Tender, key: UUID) -> Question:
    """The person's own question; of anybody else's nothing is there."""
    return get_object_or_404(questions_for(request.user, tender), pk=key, asked_by=request.user)
