"""Recording released data, or why there is none."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deliverables import access
from deliverables.actions import released_data as actions
from deliverables.forms.released_data import DataSet, NoData
from deliverables.views.deliverable import page
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A data set."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    if not access.edits(request.user, deliverable):
        return redirect(deliverable)
    form = DataSet(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add(deliverable, actions.DataSet(**form.cleaned_data), by=request.user, at=request.at)
        messages.success(request, f"“{form.cleaned_data['title']}” is recorded.")
        return redirect(deliverable)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form}
    return render(request, "deliverables/add_data.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say_none(request: SignedInRequest, key: UUID) -> HttpResponse:
    """No data, and why."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    if not access.edits(request.user, deliverable):
        return redirect(deliverable)
    form = NoData(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_none(deliverable, **form.cleaned_data, by=request.user, at=request.at)
        except NotReady as refused:
            return page(request, key, status=422, sentences=refused.sentences)
        return redirect(deliverable)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form}
    return render(request, "deliverables/say_no_data.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: SignedInRequest, key: UUID, data: UUID) -> HttpResponse:
    """Take an entry away."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    actions.remove(access.released_data_or_404(deliverable, data), by=request.user, at=request.at)
    return redirect(deliverable)
