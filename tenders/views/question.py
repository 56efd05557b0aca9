"""Questions: the public list where people ask, and what an asker may do about an own one."""

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
from tenders.forms.question import AskForm
from tenders.lifecycle import QUESTION
from tenders.queries import question as asked
from tenders.queries import seen

if TYPE_CHECKING:
    from odifund.core.models import Person
    from tenders.models import Tender

ASKED = "We have your question. You get an e-mail when it is answered."
AGREED = "You agreed. The question waits for its answer, and everybody will read both."
WITHDRAWN = "You withdrew the question. Nobody else is told."


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
                questions.ask(tender, **form.cleaned_data, by=cast("Person", request.user), at=request.at)
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
            "own": asked.own(request.user, tender),
            "may_ask": tender.accepts_questions(request.at) and access.asks(request.user, tender),
            "is_open": tender.accepts_questions(request.at),
            "may_answer": access.manages(request.user, tender),
            "form": form,
            "late": late,
        },
        status=late.status if late else 200,
    )


@login_required
def own(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """One's own question while it is not public: what became of it, agreeing to a wording, withdrawing."""
    tender = access.tender_or_404(request, reference)
    question = access.own_question_or_404(request, tender, pk)
    if request.method == "POST":
        if request.POST.get("do") == "agree":
            questions.agree(question, by=request.user, at=request.at)
            messages.success(request, AGREED)
        else:
            questions.withdraw(question, by=request.user, at=request.at)
            messages.success(request, WITHDRAWN)
        return redirect("tenders:own_question", tender.reference, question.pk)
    moves = {verb: QUESTION.allows(verb, question, request.user) for verb in ("agree", "withdraw")}
    return render(
        request, "tenders/question/own.html", {"tender": tender, "question": question, "may": moves}
    )
