"""Writing patterns, artefacts and tools."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deliverables import access
from deliverables.actions import pattern as actions
from deliverables.forms.pattern import Writing
from deliverables.views import drafting
from odifund.core import files
from odifund.core.http import SignedInRequest

if TYPE_CHECKING:
    from deliverables.models import Deliverable, Pattern


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A new draft."""
    return _write(request, key, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, key: UUID, pattern: UUID) -> HttpResponse:
    """A draft again."""
    return _write(request, key, pattern)


@login_required
@require_POST
def remove(request: SignedInRequest, key: UUID, pattern: UUID) -> HttpResponse:
    """Take a draft away."""
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    draft = access.pattern_or_404(deliverable, pattern)
    actions.remove(draft, by=request.user, at=request.at)
    messages.success(request, f"“{draft}” is removed.")
    return redirect(deliverable)


@login_required
@require_safe
def draft_file(request: SignedInRequest, key: UUID, pattern: UUID) -> FileResponse:
    """The file of a draft."""
    draft = access.pattern_or_404(access.deliverable_or_404(request, key, actions.KIND), pattern)
    if draft.file is None:
        raise Http404
    return files.download(draft.file, to=request.user)


def _write(request: SignedInRequest, key: UUID, pattern: UUID | None) -> HttpResponse:
    deliverable = access.deliverable_or_404(request, key, actions.KIND)
    if drafting.is_closed(request, deliverable):
        return redirect(deliverable)
    draft = access.pattern_or_404(deliverable, pattern) if pattern else None
    form = Writing(request.POST or None, request.FILES or None, initial=_initial(draft))

    if drafting.saved(request, deliverable, form, lambda: _save(request, deliverable, draft, form)):
        messages.success(request, f"“{form.cleaned_data['title']}” is saved.")
        return redirect(deliverable)
    context = {"deliverable": deliverable, "contract": deliverable.contract, "form": form, "pattern": draft}
    if draft:
        context |= drafting.beside(request, form, actions.digest(draft), vars(actions.Words.of(draft)))
    return render(request, "deliverables/write_pattern.html", context)


def _save(
    request: SignedInRequest, deliverable: "Deliverable", draft: "Pattern | None", form: Writing
) -> None:
    said = dict(form.cleaned_data)
    upload, by, at = said.pop("file"), request.user, request.at
    words = actions.Words(**said)
    if draft:
        opened = request.POST.get("seen", "")
        actions.change(draft, words, by=by, at=at, upload=upload, seen=opened)
    else:
        actions.add(deliverable, words, by=by, at=at, upload=upload)


def _initial(draft: object | None) -> dict[str, object]:
    return {name: value for name, value in vars(draft).items() if name != "file"} if draft else {}
