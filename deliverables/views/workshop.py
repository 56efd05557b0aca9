"""The kick-off workshop: who comes, and who came."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from deliverables import access
from deliverables.actions import workshop as actions
from deliverables.forms.workshop import Attendance, Coming
from deliverables.queries.deliverable import coming
from deliverables.views.deliverable import page
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest


@login_required
@require_POST
def announce(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Add somebody to the list."""
    deliverable, form = access.deliverable_or_404(request, key, actions.KIND), Coming(request.POST)
    if not form.is_valid():
        return page(request, key, coming=form, form=form)
    try:
        actions.announce(deliverable, **form.cleaned_data, by=request.user, at=request.at)
    except NotReady as refused:
        return page(request, key, coming=form, sentences=refused.sentences)
    messages.success(request, f"{form.cleaned_data['name']} is on the list.")
    return redirect(deliverable)


@login_required
@require_POST
def take_off(request: SignedInRequest, key: UUID, person: UUID) -> HttpResponse:
    """Take somebody off the list."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    actions.take_off(access.coming_or_404(deliverable, person), by=request.user, at=request.at)
    return redirect(deliverable)


@login_required
@require_POST
def record_attendance(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Who came; with that the workshop is done."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    people = [(str(each.pk), each.name) for each in coming(deliverable)]
    form = Attendance(request.POST, people=people)
    if not form.is_valid():
        return page(request, key, attendance=form, form=form)
    said = form.cleaned_data
    came = [UUID(each) for each in said.get("came", [])]
    others = [
        actions.Guest(name, is_lead)
        for field, is_lead in (("of_lead", True), ("of_members", False))
        for name in said[field]
    ]
    try:
        actions.record_attendance(deliverable, came=came, others=others, by=request.user, at=request.at)
    except NotReady as refused:
        return page(request, key, attendance=form, sentences=refused.sentences)
    messages.success(request, "The workshop is recorded as attended.")
    return redirect(deliverable)
