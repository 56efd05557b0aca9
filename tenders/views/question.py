"""Questions: the public list where people ask, and the staff's queue where they are answered."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import TooLate
from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest, SignedInRequest
from tenders import access
from tenders.actions import question as questions
from tenders.forms.question import AnswerForm, AskForm
from tenders.queries import question as asked

if TYPE_CHECKING:
    from tenders.models import Tender


def index(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was answered, and the box to ask in."""
    tender = access.tender_or_404(request, reference)
    if request.method == "POST":
        return ask(request, tender)
    return _page(request, tender, AskForm())


@login_required
def ask(request: HttpRequest, tender: "Tender") -> HttpResponse:
    """Ask; a question that is too late is kept on the page."""
    request = cast("SignedInRequest", request)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            with told(form):
                questions.ask(tender, text=form.cleaned_data["text"], by=request.user, at=request.at)
                messages.success(
                    request, "We have your question. You get an e-mail when it is answered, for everybody."
                )
                return redirect("tenders:questions", tender.reference)
        except TooLate as late:
            return _page(request, tender, form, late)
    return _page(request, tender, form)


def _page(request: HttpRequest, tender: "Tender", form: AskForm, late: TooLate | None = None) -> HttpResponse:
    at = cast("PortalRequest", request).at
    return render(
        request,
        "tenders/questions.html",
        {
            "tender": tender,
            "questions": asked.public_questions(tender),
            "own": asked.own_waiting(request.user, tender),
            "may_ask": tender.accepts_questions(at) and access.asks(request.user, tender),
            "is_open": tender.accepts_questions(at),
            "may_answer": access.manages(request.user, tender),
            "form": form,
            "late": late,
        },
        status=late.status if late else 200,
    )


@login_required
def waiting(request: HttpRequest, reference: str) -> HttpResponse:
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
def answer(request: HttpRequest, reference: str, pk: UUID) -> HttpResponse:
    """What was asked beside what everybody will read. Who asked is not on the page."""
    request = cast("SignedInRequest", request)
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
