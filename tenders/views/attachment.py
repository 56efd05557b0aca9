"""The files of a draft. Each leaves the portal only as a download, and only through access."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from odifund.core import files, scanning
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import attachment
from tenders.forms.attachment import AttachmentsForm
from tenders.queries import draft, task_list
from tenders.queries.draft import Draft
from tenders.views.proposal import for_editing

if TYPE_CHECKING:
    from tenders.models import Attachment, Proposal, Section


@once
@for_editing
def show(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """The files beside the answers, and the form to add one."""
    return page(request, proposal, None)


def page(request: SignedInRequest, proposal: "Proposal", section: "Section | None") -> HttpResponse:
    """The files that answer a section, or that are beside the answers."""
    form = AttachmentsForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form.is_valid()
        added = _add(request, proposal, section, form)
        if not form.errors:
            return redirect(_url(proposal, section))
        if added:
            messages.info(request, f"Added: {', '.join(added)}. The rest is not.")
    whole = draft.of(proposal)
    context = {
        "proposal": proposal,
        "answered": section,
        "form": form,
        "attachments": whole.files_of(section),
        "most": attachment.MOST,
        "limit": settings.UPLOAD_LIMIT,
        "has_scanner": scanning.is_there(),
        "groups": task_list.tasks_of(whole),
    }
    return render(request, "tenders/proposal/attachments.html", context)


def _add(
    request: SignedInRequest, proposal: "Proposal", section: "Section | None", form: AttachmentsForm
) -> list[str]:
    """Put into the draft what may be sent; one that is refused holds up no other."""
    added = []
    for upload in form.taken:
        told = {"kind": upload.content_type, "section": section, "by": request.user, "at": request.at}
        try:
            added.append(f"“{attachment.add(proposal, upload, **told).file.name}”")
        except NotReady as refused:
            form.add_error("file", f"“{upload.name}” is not added. {refused.sentences[0]}")
    return added


@login_required
@require_safe
def download(request: SignedInRequest, key: UUID, attachment: UUID) -> HttpResponseBase:
    """One file of the draft, for the people named on it."""
    proposal = access.proposal_or_404(request, key)
    return files.download(_attachment_or_404(draft.of(proposal), attachment).file, to=request.user)


@for_editing
def remove(request: SignedInRequest, proposal: "Proposal", attachment: UUID) -> HttpResponse:
    """Take a file out of the draft, after a page that asks."""
    found = _attachment_or_404(draft.of(proposal), attachment)
    if request.method == "POST":
        _remove(found, request)
        messages.success(request, f"“{found.file.name}” is removed.")
        return redirect(_url(proposal, found.section))
    context = {"proposal": proposal, "attachment": found, "up": _url(proposal, found.section)}
    return render(request, "tenders/proposal/remove_attachment.html", context)


def _url(proposal: "Proposal", section: "Section | None") -> str:
    if section is None:
        return reverse("tenders:attachments", args=[proposal.pk])
    return reverse("tenders:section", args=[proposal.pk, section.pk])


def _remove(found: "Attachment", request: SignedInRequest) -> None:
    attachment.remove(found, by=request.user, at=request.at)


def _attachment_or_404(whole: Draft, key: UUID) -> "Attachment":
    for one in whole.attachments:
        if one.pk == key:
            return one
    raise Http404
