"""A proposal's own pages, for the people named on it: the task list, its title, a preview."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from odifund.core import canonical
from odifund.core.errors import WrongPerson
from odifund.core.http import SignedInRequest
from odifund.core.printing import as_pdf
from tenders import access
from tenders.actions import proposal as proposals
from tenders.forms.proposal import TitleForm
from tenders.queries import agreement, became, contents, draft, held, receipt, task_list
from tenders.queries.named import Named
from tenders.queries.printed_proposal import printed
from tenders.queries.proposal import newest_version, stops

if TYPE_CHECKING:
    from tenders.models import Proposal

    Page = Callable[..., HttpResponseBase]


def while_open(page: "Page") -> "Page":
    """A page of the draft for everybody named on it, readers too, while the tender is open.

    After the deadline it leads back to the proposal; a POST goes on to the action, which refuses it.
    """

    @login_required
    @require_http_methods(["GET", "POST"])
    @wraps(page)
    def found(request: SignedInRequest, key: UUID, **parts: Any) -> HttpResponseBase:
        proposal = access.proposal_or_404(request, key)
        if request.method == "GET" and not proposal.tender.accepts_proposals(request.at):
            messages.info(request, "Proposals have closed, so the draft cannot be changed any more.")
            return redirect(proposal)
        return page(request, proposal, **parts)

    return found


def shown_to_readers(page: "Page") -> "Page":
    """A page that changes the draft, and shows who only reads what stands there."""

    @while_open
    @wraps(page)
    def found(request: SignedInRequest, proposal: "Proposal", **parts: Any) -> HttpResponseBase:
        if request.method == "POST" and access.only_reads(proposal):
            raise WrongPerson(proposals.NOT_YOURS)
        return page(request, proposal, **parts)

    return found


def for_editing(page: "Page") -> "Page":
    """A page that changes the draft, while the tender is open. Who only reads is led to the draft."""

    @shown_to_readers
    @wraps(page)
    def found(request: SignedInRequest, proposal: "Proposal", **parts: Any) -> HttpResponseBase:
        if access.only_reads(proposal):
            messages.info(request, "You are named to read this proposal, so here it is as it stands.")
            return redirect("tenders:preview_proposal", proposal.pk)
        return page(request, proposal, **parts)

    return found


@login_required
@require_safe
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The task list while the tender is open; afterwards what was submitted."""
    proposal = access.proposal_or_404(request, key)
    whole, newest = draft.of(proposal), newest_version(proposal)
    is_open = proposal.tender.accepts_proposals(request.at)
    named = Named(proposal) if is_open else None
    part = named.part_of(request.user) if named else access.NO_PART
    groups = task_list.seen(whole)
    check = held.check_of(proposal) if proposal.tender.is_opened else None
    is_awarded = access.is_awarded(proposal)
    context = {
        "proposal": proposal,
        "open": is_open,
        "groups": groups,
        "done": sum(group.done for group in groups),
        "count": sum(group.asked for group in groups),
        "stops": stops(whole),
        "newest": newest,
        # What was held is not as it was submitted: a draft compared with it would say what nobody changed.
        "changed": [] if check else receipt.changed_since_submitted(whole, newest),
        "part": part,
        "to_agree": [each for each in agreement.lacking(whole) if each.organisation_id in part.working],
        "approvals": named.approvals(whole.price) if named else [],
        "has_outcome": is_awarded or access.has_outcome(proposal),
        "held": check,
        "became": became.of(proposal, request.user, check, is_awarded=is_awarded),
    }
    return render(request, "tenders/proposal/show.html", context)


@for_editing
def edit(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """The title and the model of delivery."""
    now = {"title": proposal.title, "delivery_model": proposal.delivery_model}
    form = TitleForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        proposals.describe(proposal, **said, by=request.user, at=request.at)
        return redirect(proposal)
    context = {"proposal": proposal, "form": form, "groups": task_list.tasks_of(draft.of(proposal))}
    return render(request, "tenders/proposal/edit.html", context)


@login_required
@require_safe
def preview(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The draft as the panel would read it; made to be printed too."""
    proposal = access.proposal_or_404(request, key)
    context = {"proposal": proposal, "said": as_seen(request, draft.of(proposal))}
    return render(request, "tenders/proposal/preview.html", context)


@login_required
@require_safe
def preview_json(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The draft as data, as it would be written down; other members’ costs as totals."""
    proposal = access.proposal_or_404(request, key)
    words = asdict(as_seen(request, draft.of(proposal)))
    for file in (*words["files"], *(each for text in words["sections"] for each in text["files"])):
        del file["stored"]
    answer = HttpResponse(canonical.text(words), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{proposal.tender.reference}-draft.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_safe
def preview_pdf(request: SignedInRequest, key: UUID) -> FileResponse:
    """The draft as a PDF, to keep and to send round."""
    proposal = access.proposal_or_404(request, key)
    said = as_seen(request, draft.of(proposal))
    pdf = as_pdf("proposal.typ", printed(said, proposal.tender, request.at), request.at)
    return kept_private(pdf, f"{proposal.tender.reference}-draft.pdf")


def as_seen(request: SignedInRequest, whole: draft.Draft) -> contents.Contents:
    """The draft as the person reads it: other members’ costs as totals."""
    part = access.costs_of(request.user, whole.proposal)
    return contents.for_member(contents.preview(whole), part.sees)


def kept_private(pdf: bytes, name: str) -> FileResponse:
    """A PDF of a proposal: a download that no cache keeps."""
    answer = FileResponse(BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")
    answer["Cache-Control"] = "private, no-store"
    return answer
