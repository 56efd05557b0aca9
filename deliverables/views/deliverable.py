"""A deliverable's page, handing it in, and what was handed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from deliverables import access
from deliverables.actions import deliverable as actions
from deliverables.forms.deliverable import Report, Words
from deliverables.forms.review import Answer
from deliverables.forms.workshop import Attendance, Coming
from deliverables.lifecycle import DELIVERABLE
from deliverables.queries import deliverable as queries
from odifund.core import clock, files
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest


@login_required
@require_safe
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """What is owed, how it stands, and everything handed in so far."""
    return page(request, key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Hand it in: with words or a file, or the drafts as they stand."""
    deliverable = access.deliverable_or_404(request, key)
    if not DELIVERABLE.allows("deliver", deliverable, request.user):
        return redirect(deliverable)
    if deliverable.is_drafted_here:
        return _hand_in_drafts(request, key) if request.method == "POST" else redirect(deliverable)
    form = _form(request, deliverable.tells_a_prototype, queries.last_words(deliverable))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        tried = {
            name: said.get(name, "") for name in ("what", "tried_by", "worked", "did_not_work", "address")
        }
        actions.deliver(
            deliverable,
            text=said["text"],
            upload=said["file"],
            tried=actions.Tried(**tried) if deliverable.tells_a_prototype else None,
            by=request.user,
            at=request.at,
        )
        return _delivered(request, key)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form}
    return render(request, "deliverables/deliver.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def delivery_file(request: SignedInRequest, key: UUID, number: int) -> FileResponse:
    """The file of one delivery."""
    delivery = access.delivery_or_404(access.deliverable_or_404(request, key), number)
    if delivery.file is None:
        raise Http404
    return files.download(delivery.file)


def page(request: SignedInRequest, key: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page with its forms; `more` replaces a form with one that was filled in."""
    deliverable = access.deliverable_or_404(request, key)
    user, people = request.user, queries.coming(deliverable)
    context = {
        "shown": queries.whole(deliverable, request.at),
        "deliverable": deliverable,
        "contract": deliverable.contract,
        "people": people,
        "may_edit": access.edits(user, deliverable),
        "has_turn": access.has_turn(user, deliverable),
        "may_announce": DELIVERABLE.allows("announce", deliverable, user),
        "may_record": DELIVERABLE.allows("record_attendance", deliverable, user),
        "too_early": DELIVERABLE.missing("record_attendance", deliverable, request.at),
        "lead_stayed_away": queries.lead_stayed_away(deliverable, people),
        "may_deliver": DELIVERABLE.allows("deliver", deliverable, user),
        "may_review": DELIVERABLE.allows("accept", deliverable, user),
        "missing": DELIVERABLE.missing("deliver", deliverable, request.at),
        "sees_needs": access.sees_needs(user, deliverable),
        "oversees": access.oversees(user),
        "answer": Answer(today=clock.today(request.at)),
        "coming": Coming(),
        "attendance": Attendance(people=[(str(each.pk), each.name) for each in people]),
        **more,
    }
    return render(request, "deliverables/deliverable.html", context, status=status)


def _form(request: SignedInRequest, with_prototype: bool, initial: dict[str, str]) -> Words:
    form = Report if with_prototype else Words
    return form(request.POST or None, request.FILES or None, initial=initial)


def _hand_in_drafts(request: SignedInRequest, key: UUID) -> HttpResponse:
    deliverable = access.deliverable_or_404(request, key)
    try:
        actions.deliver(deliverable, by=request.user, at=request.at)
    except NotReady as refused:
        return page(request, key, status=422, sentences=refused.sentences)
    return _delivered(request, key)


def _delivered(request: SignedInRequest, key: UUID) -> HttpResponse:
    what_next = "The ODI accepts it, or returns it with comments. You are told by e-mail."
    messages.success(request, f"It is delivered. {what_next}")
    return redirect("deliverables:deliverable", key)
