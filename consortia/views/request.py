"""Asking to belong to an organisation that is here already: for who asks, its people, and administrators."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from consortia import access, queries
from consortia.actions import request as requests
from consortia.forms.organisation import AskToJoinForm, DecideForm
from odifund.core import limits
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once

TOO_OFTEN = "You asked many organisations. Wait until tomorrow, or ring us"


@once
@login_required
def ask(request: SignedInRequest) -> HttpResponse:
    """The organisation with this number or name is here: ask its people. Nothing of theirs is shown."""
    said = {word: request.GET.get(word, "") for word in ("scheme", "number", "name")}
    organisation = queries.numbered(said["scheme"], said["number"]) or queries.same_name(said["name"])
    if organisation is None:
        raise Http404
    form = AskToJoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if limits.too_often(request, "ask_to_join", key=str(request.user.pk)):
            form.add_error(None, TOO_OFTEN)
        else:
            with told(form):
                words = form.cleaned_data["words"]
                return redirect(requests.ask(organisation, words=words, by=request.user, at=request.at))
    context = {
        "organisation": organisation,
        "form": form,
        "belongs": access.speaks_for(request.user, organisation),
        "asked": queries.own_request(organisation, request.user),
    }
    return render(request, "consortia/ask_to_join.html", context)


@login_required
@require_safe
def show(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Where it stands, for who asked."""
    asked = access.own_request_or_404(request, pk)
    return render(request, "consortia/request.html", {"asked": asked, "organisation": asked.organisation})


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take it back."""
    asked = access.own_request_or_404(request, pk)
    requests.withdraw(asked, by=request.user, at=request.at)
    messages.success(request, "You no longer ask.")
    return redirect("pages:home")


@login_required
@require_POST
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add the person, or say no: for the organisation's people."""
    asked = access.request_to_answer_or_404(request, pk)
    if "accept" in request.POST:
        requests.accept(asked, by=request.user, at=request.at)
        messages.success(request, f"{asked.person} now belongs to {asked.organisation}, and is told by mail.")
    else:
        requests.decline(asked, by=request.user, at=request.at)
        messages.success(request, f"{asked.person} is not added, and is told by mail.")
    return redirect(asked.organisation)


@login_required
def decide(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What nobody answered for three days: for administrators."""
    asked = access.request_to_decide_or_404(request, pk)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            decides = {"admit": requests.admit, "turn_down": requests.turn_down}
            reason = form.cleaned_data["reason"]
            decides[form.cleaned_data["answer"]](asked, reason=reason, by=request.user, at=request.at)
            messages.success(request, "Decided. Everybody concerned is told.")
            return redirect("pages:home")
    return render(request, "consortia/decide_request.html", {"asked": asked, "form": form})
