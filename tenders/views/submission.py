"""Checking, submitting, the receipt, withdrawing, and what was submitted."""

import json
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from odifund.core import files
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.http import UNPROCESSABLE, SignedInRequest
from odifund.core.printing import as_pdf
from odifund.core.wording import pounds
from tenders import access
from tenders.actions import submission
from tenders.forms.proposal import SubmitForm
from tenders.queries import agreement, contents, draft, receipt
from tenders.queries.named import Named
from tenders.queries.printed_proposal import printed
from tenders.queries.proposal import Finding, standing_version, stops, worth_checking
from tenders.views.proposal import kept_private, while_open

if TYPE_CHECKING:
    from tenders.models import Proposal, Version


@while_open
def check(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """The whole draft, what stops submitting it, and the button with its one-time key."""
    return _check_page(request, proposal)


def _check_page(
    request: SignedInRequest,
    proposal: "Proposal",
    *,
    refused: NotReady | None = None,
    going_on: Collection[UUID] = (),
) -> HttpResponse:
    whole = draft.of(proposal)
    named = Named(proposal)
    part = named.part_of(request.user)
    worth = [*worth_checking(whole), *_unapproved(named, whole)]
    halts, lacking = stops(whole), agreement.lacking(whole)
    standing = standing_version(proposal)
    context = {
        "proposal": proposal,
        "said": contents.for_member(contents.preview(whole), part.sees),
        "rows": _rows(proposal, whole, part.works),
        "stops": halts if part.works else [replace(each, url=None) for each in halts],
        "lacking": lacking,
        "going_on": going_on,
        "unsaid": [each for each in lacking if each.pk not in going_on] if refused and not halts else [],
        "worth": worth if part.works else [replace(each, url=None) for each in worth],
        "part": part,
        "submitters": named.submitters,
        "standing": standing,
        "changed": receipt.changed_since_submitted(whole, standing),
        "key": uuid4(),
        "shown": json.dumps(whole.digests()),
    }
    return render(request, "tenders/proposal/check.html", context, status=UNPROCESSABLE if refused else 200)


def _unapproved(named: Named, whole: draft.Draft) -> list[Finding]:
    return [Finding(each.lacks) for each in named.approvals(whole.price) if not each.holds]


def _rows(proposal: "Proposal", whole: draft.Draft, works: bool) -> list[dict[str, str]]:
    """The short facts of a draft; for who works on it each with the page that changes it."""
    title = reverse("tenders:edit_proposal", args=[proposal.pk])
    model = proposal.get_delivery_model_display() if proposal.delivery_model else "Not chosen"
    costs = reverse("tenders:costs", args=[proposal.pk])
    rows = [
        {"key": "Title", "value": proposal.title, "url": title},
        {"key": "Model of delivery", "value": model, "url": title},
        {"key": "Price", "value": f"{pounds(whole.price)} without VAT", "url": costs},
    ]
    return rows if works else [row | {"url": ""} for row in rows]


@login_required
@require_POST
def submit(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Submit. A page that lost its key is shown again, with a new one."""
    proposal = access.proposal_or_404(request, key)
    form = SubmitForm(request.POST)
    if not form.is_valid():
        return redirect("tenders:check_proposal", proposal.pk)
    try:
        version = submission.submit(proposal, **form.cleaned_data, by=request.user, seen_at=request.at)
    except NotReady as refused:
        proposal = access.proposal_or_404(request, key)
        return _check_page(request, proposal, refused=refused, going_on=form.cleaned_data["without"])
    return redirect(version)


@login_required
@require_safe
def show_receipt(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    """The receipt of one version."""
    version = access.own_version_or_404(request, key, number)
    versions = list(version.proposal.versions.order_by("-number").defer("manifest"))
    context = {
        "proposal": version.proposal,
        "version": version,
        "newest": versions[0],
        "versions": versions,
        "stands": receipt.stands(version, versions[0].number),
        "heading": receipt.heading(version, versions[0].number),
        "says": receipt.says(version),
        "rows": receipt.rows(version, versions),
        "next": receipt.happens_next(version, versions[0], request.at),
        "file_name": file_name(version.receipt_number),
        "open": version.tender.accepts_proposals(request.at),
        "part": access.costs_of(request.user, version.proposal),
    }
    return render(request, "tenders/proposal/receipt.html", context)


def file_name(receipt_number: str) -> str:
    """What the file is called on the bidder's own disk."""
    return f"{receipt_number}.json"


@login_required
@require_safe
def show_submitted(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    """What one version says, for its own people; made to be printed too."""
    version = access.own_version_or_404(request, key, number)
    context = {"proposal": version.proposal, "version": version, "said": _as_read(request, version)}
    return render(request, "tenders/proposal/submitted.html", context)


def _as_read(request: SignedInRequest, version: "Version") -> contents.Contents:
    part = access.costs_of(request.user, version.proposal)
    return contents.for_member(contents.shown(version), part.sees)


@login_required
@require_safe
def submitted_pdf(request: SignedInRequest, key: UUID, number: int) -> FileResponse:
    """The same as a PDF. It says the moment of submission and no other: the same bytes each time."""
    version = access.own_version_or_404(request, key, number)
    at = version.submitted_at
    said = _as_read(request, version)
    pdf = as_pdf("proposal.typ", printed(said, version.tender, at, version), at)
    return kept_private(pdf, f"{version.receipt_number}.pdf")


@login_required
@require_safe
def download_written(request: SignedInRequest, key: UUID, number: int) -> HttpResponse:
    """The very bytes whose SHA-256 is the fingerprint."""
    version = access.own_version_or_404(request, key, number)
    if not access.costs_of(request.user, version.proposal).leads:
        raise WrongPerson("This file holds all day rates, so only the people named for the lead may have it.")
    response = HttpResponse(version.manifest.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{file_name(version.receipt_number)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def download_file(request: SignedInRequest, key: UUID, number: int, file: UUID) -> HttpResponseBase:
    """One file of a submitted version, for its own people."""
    version = access.own_version_or_404(request, key, number)
    stored = contents.stored_file(version, file)
    if stored is None:
        raise Http404
    return files.download(stored, to=request.user)


@login_required
def withdraw(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Ask once, then withdraw. After the deadline a POST is told that it is too late."""
    proposal = access.proposal_or_404(request, key)
    if request.method == "POST":
        submission.withdraw(proposal, by=request.user, seen_at=request.at)
        return redirect(proposal)
    standing = standing_version(proposal)
    if standing is None or not proposal.tender.accepts_proposals(request.at):
        return redirect(proposal)
    named = Named(proposal)
    context = {
        "proposal": proposal,
        "standing": standing,
        "part": named.part_of(request.user),
        "submitters": named.submitters,
    }
    return render(request, "tenders/proposal/withdraw.html", context)
