"""The staff's queue of questions, and what they do with each. Who asked is on none of these pages."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.errors import MovedOn
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import answer as answers
from tenders.forms import question as forms
from tenders.queries import giveaway
from tenders.queries import question as asked

if TYPE_CHECKING:
    from tenders.models import Question, Tender


@login_required
def queue(request: SignedInRequest, reference: str) -> HttpResponse:
    """What waits, the oldest first; what is ready, to be published together; what ended otherwise."""
    tender = access.desk_or_404(request, reference, access.oversees)
    ready = list(asked.ready_questions(tender))
    if set(request.POST.getlist("ready")) - {str(question.pk) for question in ready}:
        raise MovedOn("What you ticked does not wait to be published any more: a colleague was first.")
    form = forms.PublishForm(
        request.POST if request.method == "POST" else None,
        choices=[(str(question.pk), question.public_text) for question in ready],
        mail=_mail(tender, request),
    )
    if request.method == "POST" and form.is_valid():
        chosen = [question for question in ready if str(question.pk) in form.cleaned_data["ready"]]
        with told(form, "ready"):
            messages.success(request, _publish(request, tender, chosen, form))
            return redirect("tenders:waiting_questions", tender.reference)
    words = {
        "tender": tender,
        "questions": asked.waiting_questions(tender),
        "offered": asked.offered_questions(tender),
        "closed": asked.closed_questions(tender),
        "ready": ready,
        "left": asked.left_to_mail(tender),
        "form": form,
        "may_answer": access.manages(request.user, tender),
    }
    return render(request, "tenders/question/queue.html", words)


def _mail(tender: "Tender", request: SignedInRequest) -> str:
    """The moment of the mail that answers may wait for, in words; nothing where there is none."""
    mail = asked.may_wait_until(tender, request.at)
    return asked.in_the_morning(mail, request.at) if mail else ""


def _publish(
    request: SignedInRequest, tender: "Tender", chosen: "list[Question]", form: forms.PublishForm
) -> str:
    """Publish these now or with the mail, as it was chosen, and say so."""
    words = "The answer is" if len(chosen) == 1 else f"{len(chosen)} answers are"
    if form.goes_with_mail:
        answers.leave_all_to_mail(tender, chosen, by=request.user, at=request.at)
        return f"{words} published {_mail(tender, request)}, with the mail to everybody watching."
    answers.publish(tender, chosen, by=request.user, at=request.at)
    return f"{words} published. Everybody watching is told in one mail, at most one a day."


@login_required
def answer(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """What was asked beside what everybody will read, published now or kept for a batch."""
    tender, question = _asked(request, reference, pk)
    words = giveaway.giveaways(question)
    given = {"public_text": question.public_text, "answer": question.answer}
    kind = forms.WordingForm if question.needs_agreement else forms.AnswerForm
    form = kind(
        request.POST if request.method == "POST" else None,
        initial=given,
        giveaways=partial(giveaway.found, words=words),
        mail=_mail(tender, request) if asked.may_be_published(question) else "",
    )
    if request.method == "POST" and form.is_valid():
        with told(form):
            messages.success(request, _answered(request, question, form))
            return redirect("tenders:waiting_questions", tender.reference)
    context = {"form": form, "original": giveaway.parts(question.text, words)}
    return _page(request, "answer", tender, question, context)


def _answered(request: SignedInRequest, question: "Question", form: forms.AnswerForm) -> str:
    """Do what the button that was pressed says, and say so."""
    said = {name: form.cleaned_data[name] for name in ("public_text", "answer") if name in form.fields}
    if question.needs_agreement:
        answers.offer_wording(question, **said, by=request.user, at=request.at)
        return "The asker is asked to agree to the wording or to withdraw."
    if request.POST.get("do") == "keep":
        answers.prepare(question, **said, by=request.user, at=request.at)
        return "The answer is kept, ready to publish. Nobody is told yet."
    if form.goes_with_mail:
        answers.leave_to_mail(question, **said, by=request.user, at=request.at)
        when = _mail(question.tender, request)
        return f"Question and answer are published {when}, with the mail to everybody watching."
    answers.answer(question, **said, by=request.user, at=request.at)
    return f"Question {question.number} is published. {_told(question, request)}"


def _told(question: "Question", request: SignedInRequest) -> str:
    mail = None if question.told_at else asked.next_mail(question.tender, request.at)
    if mail is None:
        return "Everybody watching is told."
    return f"Everybody watching is told with the next mail, {asked.in_the_morning(mail, request.at)}."


@require_POST
@login_required
def take_back(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take back an answer that waits for the next mail."""
    tender, question = _asked(request, reference, pk)
    answers.take_back(question, by=request.user, at=request.at)
    messages.success(request, "The answer is taken back. It is kept, and not published.")
    return redirect("tenders:waiting_questions", tender.reference)


@login_required
def answer_alone(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """The answer to a question about the asker's own affairs, for the asker alone."""
    tender, question = _asked(request, reference, pk)
    form = forms.AnswerAloneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            answers.answer_alone(question, **form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, "The asker alone is told the answer.")
            return redirect("tenders:waiting_questions", tender.reference)
    return _page(request, "answer_alone", tender, question, {"form": form})


@login_required
def merge(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """Take it together with a question that asks the same and has its answer."""
    tender, question = _asked(request, reference, pk)
    others = {str(other.pk): other for other in asked.same_as(question)}
    form = forms.MergeForm(
        request.POST if request.method == "POST" else None,
        choices=[(key, f"{other}: {other.public_text[:90]}") for key, other in others.items()],
    )
    if request.method == "POST" and form.is_valid():
        with told(form):
            into = others[form.cleaned_data["into"]]
            answers.merge(question, into, by=request.user, at=request.at)
            messages.success(request, "Taken together. Its asker is told where the answer is.")
            return redirect("tenders:waiting_questions", tender.reference)
    return _page(request, "merge", tender, question, {"form": form, "others": others})


@login_required
def decline(request: SignedInRequest, reference: str, pk: UUID) -> HttpResponse:
    """Decline to answer, with a reason for the asker."""
    tender, question = _asked(request, reference, pk)
    form = forms.DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            answers.decline(question, **form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, "The asker alone is told why it is not answered.")
            return redirect("tenders:waiting_questions", tender.reference)
    return _page(request, "decline", tender, question, {"form": form})


def _asked(request: SignedInRequest, reference: str, pk: UUID) -> "tuple[Tender, Question]":
    tender = access.desk_or_404(request, reference, access.manages)
    return tender, access.question_or_404(request, tender, pk)


def _page(
    request: SignedInRequest, name: str, tender: "Tender", question: "Question", words: "dict[str, object]"
) -> HttpResponse:
    return render(request, f"tenders/question/{name}.html", {"tender": tender, "question": question, **words})
