"""Eligibility: which opened proposals may be scored."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import eligibility as actions
from tenders.forms.panel import RecordEligibility
from tenders.queries import eligibility as queries
from tenders.queries import panel as panels


@login_required
def eligibility(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every opened proposal, with what was recorded."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.oversees(request.user, tender), "Only who runs the tender sees eligibility here.")
    rows = panels.standings(tender, access.opened_proposals_for(request.user))
    context = {
        "tender": tender,
        "rows": rows,
        "left": sum(row.eligibility is None for row in rows),
        "may": access.manages(request.user, tender) and tender.decided_at is None,
        "crumbs": panels.crumbs(tender),
        "oversees": access.oversees(request.user, tender),
        "reads_decision": access.reads_decision(request.user, tender),
    }
    return render(request, "tenders/panel/eligibility.html", context)


@login_required
def record_eligibility(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """One proposal's facts against the conditions, and pass or fail."""
    proposal = access.read_proposal_or_404(request, reference, key)
    access.only(access.manages(request.user, proposal.tender), "Only a manager records eligibility.")
    entry = queries.checked(proposal)
    form = RecordEligibility(request.POST or None, initial=entry.initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.record(
            proposal,
            eligible=said["eligible"] == "yes",
            reason=said["reason"],
            by=request.user,
            at=request.at,
        )
        messages.success(request, f"Eligibility of “{entry.version.title}” is recorded.")
        return redirect("tenders:eligibility", reference)
    context = {"tender": proposal.tender, "proposal": proposal, "entry": entry, "form": form}
    return render(request, "tenders/panel/record_eligibility.html", context)
