"""Opening the proposals by two people, and the record of it: for who oversees the tender."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from odifund.core import two_person
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import opening
from tenders.queries.opening import opening_of, outcome_of, register_of
from tenders.queries.proposal import count_submitted


@login_required
@require_safe
def show(request: SignedInRequest, reference: str) -> HttpResponse:
    """Before: how many there are, and nothing else. After: who opened, when, and what matched."""
    tender = access.overseen_tender_or_404(request, reference)
    outcome = outcome_of(tender)
    is_empty = outcome is not None and not outcome.count
    context = {
        "tender": tender,
        "count": count_submitted(tender),
        "register": register_of(tender),
        "move": two_person.waiting("open", tender),
        "may_decide": is_empty and access.decides(request.user, tender),
        "may": access.confirms(request.user, tender),
        "opening": opening_of(tender),
        "outcome": outcome,
    }
    return render(request, "tenders/opening.html", context)


@login_required
@require_POST
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """The first of two."""
    tender = access.overseen_tender_or_404(request, reference)
    opening.propose_opening(tender, by=request.user, at=request.at)
    messages.success(request, "You proposed it. Everybody who can confirm it has been told by e-mail.")
    return redirect("tenders:opening", reference)


@login_required
@require_POST
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    """The second of two."""
    tender = access.overseen_tender_or_404(request, reference)
    opening.open(tender, by=request.user, at=request.at)
    return redirect("tenders:opening", reference)


@login_required
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the proposed opening back."""
    tender = access.overseen_tender_or_404(request, reference)
    opening.take_back(tender, by=request.user, at=request.at)
    return redirect("tenders:opening", reference)
