"""A deliverable's page, handing it in, and what was handed in."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from deliverables import access
from deliverables.actions import deliverable as actions
from deliverables.forms.deliverable import BY_KIND, Words
from deliverables.forms.review import Answer
from deliverables.forms.workshop import Attendance, Coming
from deliverables.lifecycle import DELIVERABLE
from deliverables.queries import deliverable as queries
from deliverables.views import drafting
from odifund.core import clock, files
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest

if TYPE_CHECKING:
    from deliverables.models import Deliverable


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
    if drafting.is_closed(request, deliverable) or not access.hands_in(request.user, deliverable):
        return redirect(deliverable)
    if deliverable.is_drafted_here:
        may_send = request.method == "POST" and access.has_turn(request.user, deliverable)
        return _hand_in_drafts(request, key) if may_send else redirect(deliverable)
    form = _form(request, deliverable.kind, queries.last_words(deliverable))
    if form.is_valid() and queries.was_just_delivered(deliverable, form.cleaned_data["text"], request.user):
        return redirect(deliverable)
    if drafting.saved(request, deliverable, form, lambda: _hand_in_words(request, deliverable, form)):
        return _delivered(request, key)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form}
    return render(request, "deliverables/deliver.html", context)


@login_required
@require_safe
def delivery_file(request: SignedInRequest, key: UUID, number: int) -> FileResponse:
    """The file of one delivery."""
    delivery = access.delivery_or_404(access.deliverable_or_404(request, key), number)
    if delivery.file is None:
        raise Http404
    return files.download(delivery.file, to=request.user)


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
        "oversees": access.oversees(user, deliverable.contract.tender),
        "answer": Answer(today=clock.today(request.at)),
        "coming": Coming(),
        "attendance": Attendance(people=[(str(each.pk), each.name) for each in people]),
        **more,
    }
    return render(request, "deliverables/deliverable.html", context, status=status)


def _form(request: SignedInRequest, kind: str, initial: dict[str, str]) -> Words:
    form = BY_KIND.get(kind, Words)
    return form(request.POST or None, request.FILES or None, initial=initial)


def _hand_in_words(request: SignedInRequest, deliverable: "Deliverable", form: Words) -> None:
    said = form.cleaned_data
    prototype = {
        name: said.get(name, "") for name in ("what", "tried_by", "worked", "did_not_work", "address")
    }
    tried = actions.Tried(**prototype) if deliverable.tells_a_prototype else None
    more = {"upload": said["file"], "tried": tried, "by": request.user, "at": request.at}
    actions.deliver(deliverable, text=said["text"], **more)


def _hand_in_drafts(request: SignedInRequest, key: UUID) -> HttpResponse:
    deliverable = access.deliverable_or_404(request, key)
    try:
        actions.deliver(deliverable, by=request.user, at=request.at)
    except NotReady as refused:
        return page(request, key, sentences=refused.sentences)
    return _delivered(request, key)


def _delivered(request: SignedInRequest, key: UUID) -> HttpResponse:
    what_next = "The ODI accepts it, or returns it with comments. You are told by e-mail."
    messages.success(request, f"It is delivered. {what_next}")
    return redirect("deliverables:deliverable", key)
