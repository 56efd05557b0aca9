"""Questions: the public list where people ask, and the staff's queue where they are answered."""

from functools import partial
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from odifund.core.errors import TooLate
from odifund.core.forms.refusals import told
from odifund.core.fresh import unless_seen
from odifund.core.http import PortalRequest, SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import question as questions
from tenders.forms.question import AnswerForm, AskForm
from tenders.queries import question as asked
from tenders.queries import seen

if TYPE_CHECKING:
    from odifund.core.models import Person
    from tenders.models import Tender

ASKED = "We have your question. You get an e-mail when it is answered, for everybody."


@once
def index(request: PortalRequest, reference: str) -> HttpResponseBase:
    """Everything that was answered, and the box to ask in."""
    tender = access.tender_or_404(request, reference)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not access.asks(request.user, tender):
        form.add_error(None, "Sign in to ask. What you wrote is still in the box: copy it first.")
    if request.method == "POST" and form.is_valid():
        try:
            with told(form):
                questions.ask(
                    tender, text=form.cleaned_data["text"], by=cast("Person", request.user), at=request.at
                )
                messages.success(request, ASKED)
                return redirect("tenders:questions", tender.reference)
        except TooLate as late:
            return _page(request, tender, form, late)
    named = partial(seen.questions_page, tender, request.at)
    return unless_seen(request, named, lambda: _page(request, tender, form))


def _page(
    request: PortalRequest, tender: "Tender", form: AskForm, late: TooLate | None = None
) -> HttpResponse:
    return render(
        request,
        "tenders/questions.html",
        {
            "tender": tender,
            "questions": asked.public_questions(tender),
            "own": asked.own_waiting(request.user, tender),
            "may_ask": tender.accepts_questions(request.at) and access.asks(request.user, tender),
            "is_open": tender.accepts_questions(request.at),
            "may_answer": access.manages(request.user, tender),
            "form": form,
            "late": late,
        },
        status=late.status if late else 200,
    )


@login_required
def waiting(request: SignedInRequest, reference: str) -> HttpResponse:
    """The staff's queue, the oldest first."""
    tender = access.desk_or_404(request, reference, access.oversees)
    return render(
        request,
        "tenders/waiting_questions.html",
        {
            "tender": tender,
            "questions": asked.waiting_questions(tender),
            "may_answer": access.manages(request.user, tender),
        },
    )


@login_required
def answer(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """What was asked beside what everybody will read. Who asked is not on the page."""
    tender = access.desk_or_404(request, reference, access.manages)
    question = access.question_or_404(request, tender, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            questions.answer(question, **form.cleaned_data, by=request.user, at=request.at)
            messages.success(
                request, f"Question {question.number} is published, and everybody watching is told."
            )
            return redirect("tenders:waiting_questions", tender.reference)
    return render(
        request, "tenders/answer_question.html", {"tender": tender, "question": question, "form": form}
    )
