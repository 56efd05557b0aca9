"""What becomes of a proposal that was held at the opening: proposed by one person, confirmed by another."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.errors import MovedOn, NotReady
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import settlement as actions
from tenders.forms.panel import SettleHeld
from tenders.queries import held as queries

WHO_SETTLES = (
    "Managers and approvers settle it. Who has an interest in the tender, or has not said, does not."
)


@login_required
def settle_held(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Why it was held, what is proposed, and the form that proposes."""
    tender = access.overseen_tender_or_404(request, reference)
    held = access.held_or_404(request, tender, key)
    may = access.decides(request.user, tender)
    access.only(request.method != "POST" or may, WHO_SETTLES)
    settlement = queries.settlement_of(held)
    said = {"outcome": settlement.outcome, "reason": settlement.reason} if settlement else {}
    form = SettleHeld(request.POST or None, initial=said)
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(held, **form.cleaned_data, by=request.user, at=request.at)
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(
                request, "You proposed it. Everybody who can confirm it has been told by e-mail."
            )
            return redirect("tenders:settle_held", reference, key)
    context = {
        "tender": tender,
        "held": held,
        "settlement": settlement,
        "move": queries.waiting(settlement),
        "form": form,
        "sentences": sentences,
        "may": may and tender.decided_at is None,
    }
    return render(request, "tenders/settle_held.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """The second of two."""
    tender = access.overseen_tender_or_404(request, reference)
    settlement = queries.settlement_of(access.held_or_404(request, tender, key))
    access.only(access.decides(request.user, tender), WHO_SETTLES)
    if settlement is None:
        raise MovedOn("Nothing waits for a second person here. One person proposes it first.")
    actions.settle(settlement, by=request.user, at=request.at, read=request.POST.get("read", ""))
    messages.success(request, "It is settled. The people named on the proposal are told by e-mail.")
    return redirect("tenders:settle_held", reference, key)


@require_POST
@login_required
def take_back(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Take the proposed outcome back."""
    tender = access.overseen_tender_or_404(request, reference)
    settlement = queries.settlement_of(access.held_or_404(request, tender, key))
    access.only(access.decides(request.user, tender), WHO_SETTLES)
    if settlement:
        actions.take_back(settlement, by=request.user, at=request.at)
        messages.success(request, "Taken back. Nothing is settled.")
    return redirect("tenders:settle_held", reference, key)
