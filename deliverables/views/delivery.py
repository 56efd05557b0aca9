"""A tender's deliveries for staff: each contract against time, and offering contracts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from deliverables import access
from deliverables.queries.contract import overviews
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access as competition
from tenders.actions import contract as offers
from tenders.queries.contract import awards_without_contract


@login_required
@require_safe
def show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every contract of the tender, what it owes, and what is overdue."""
    return _page(request, reference)


@once
@login_required
@require_POST
def offer(request: SignedInRequest, reference: str) -> HttpResponse:
    """Offer a contract for each award that has none."""
    tender = access.overseen_tender_or_404(request, reference)
    try:
        made = offers.offer_all(tender, by=request.user, at=request.at)
    except NotReady as refused:
        return _page(request, reference, sentences=refused.sentences)
    messages.success(request, f"Contracts offered: {len(made)}. Each consortium is told by e-mail.")
    return redirect("deliverables:delivery", reference)


def _page(request: SignedInRequest, reference: str, *, sentences: list[str] | None = None) -> HttpResponse:
    tender = access.overseen_tender_or_404(request, reference)
    shown = overviews(competition.contracts_for(request.user).filter(tender=tender), request.at)
    context = {
        "tender": tender,
        "shown": shown,
        "overdue": sum(each.overdue for each in shown),
        "to_review": sum(each.to_review for each in shown),
        "lines": [each.line for each in shown if each.owed],
        "awards": awards_without_contract(tender),
        "manages": competition.manages(request.user, tender),
        "sentences": sentences,
    }
    return render(request, "deliverables/delivery.html", context)
