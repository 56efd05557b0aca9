"""Recording released data, or why there is none."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deliverables import access
from deliverables.actions import released_data as actions
from deliverables.forms.released_data import DataSet, NoData
from deliverables.views import drafting
from odifund.core.forms import Form
from odifund.core.http import SignedInRequest

if TYPE_CHECKING:
    from deliverables.models import Deliverable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A data set."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    form = DataSet(request.POST or None)

    def save() -> None:
        data = actions.DataSet(**form.cleaned_data)
        actions.add(deliverable, data, by=request.user, at=request.at)
        messages.success(request, f"“{data.title}” is recorded.")

    return _page(request, deliverable, form, save, "deliverables/add_data.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def say_none(request: SignedInRequest, key: UUID) -> HttpResponse:
    """No data, and why."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    form = NoData(request.POST or None)

    def save() -> None:
        actions.say_none(deliverable, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "It is recorded that no data was released, and why.")

    return _page(request, deliverable, form, save, "deliverables/say_no_data.html")


@login_required
@require_POST
def remove(request: SignedInRequest, key: UUID, data: UUID) -> HttpResponse:
    """Take an entry away."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    actions.remove(access.released_data_or_404(deliverable, data), by=request.user, at=request.at)
    messages.success(request, "The entry is removed.")
    return redirect(deliverable)


def _page(
    request: SignedInRequest,
    deliverable: "Deliverable",
    form: Form,
    save: Callable[[], object],
    template: str,
) -> HttpResponse:
    if drafting.is_closed(request, deliverable) or drafting.saved(request, deliverable, form, save):
        return redirect(deliverable)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form}
    return render(request, template, context)
