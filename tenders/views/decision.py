"""The ranking, and the decision by two."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import decision as actions
from tenders.forms.panel import ProposeAwards, ProposeNoAward
from tenders.queries import decision as queries
from tenders.queries import panel as panels
from tenders.queries.outcome import Public
from tenders.queries.ranking import Ranking

if TYPE_CHECKING:
    from tenders.models import Tender

PROPOSED = "You proposed it. Everybody who can approve it has been told by e-mail."
ONCE_DECIDED = "Managers and approvers decide. Once they have, you read here who proposed and approved what."
WHO_DECIDES = "Managers and approvers decide. Who has an interest in the tender, or has not said, does not."


@login_required
def ranking(request: SignedInRequest, reference: str) -> HttpResponse:
    """Totals, ranks and what fits the pot."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.sees_ranking(request.user, tender), "The ranking is for who runs the tender.")
    ranked = Ranking(tender)
    visible = {str(key) for key in access.opened_proposals_for(request.user).values_list("pk", flat=True)}
    context = {
        "tender": tender,
        "ranking": ranked,
        "seen": ranked.seen(visible),
        "hidden": sum(key not in visible for key in ranked.versions),
        "late_interests": panels.conflicts_after_scoring(tender)
        if access.oversees(request.user, tender)
        else [],
        "crumbs": panels.crumbs(tender),
        "oversees": access.oversees(request.user, tender),
        "manages": access.manages(request.user, tender),
        "reads_decision": access.reads_decision(request.user, tender),
    }
    return render(request, "tenders/panel/ranking.html", context)


@login_required
def decision(request: SignedInRequest, reference: str) -> HttpResponse:
    """Choose the awards, see them against the pot, propose them; or see what waits."""
    tender = access.panel_tender_or_404(request, reference)
    if request.method != "POST" and tender.decided_at:
        return _decided(request, tender)
    only_watches = access.oversees(request.user, tender) and not access.confirms(request.user, tender)
    access.only(access.decides(request.user, tender), ONCE_DECIDED if only_watches else WHO_DECIDES)
    prepared = queries.of(tender)
    ranked = Ranking(tender)
    adds_up = request.POST.get("do") == "add up"
    initial = queries.typed(request.POST) if adds_up else queries.initial(prepared, ranked)
    form = ProposeAwards(None if adds_up else request.POST or None, rows=ranked.rows, initial=initial)
    sentences: list[str] = []
    if request.method == "POST" and not adds_up and form.is_valid():
        try:
            actions.propose(
                tender,
                form.keys,
                departure_reason=form.cleaned_data["departure_reason"],
                by=request.user,
                at=request.at,
            )
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, PROPOSED)
            return redirect("tenders:approve_decision", reference)
    context = {
        "tender": tender,
        "form": form,
        "sentences": sentences,
        "desk": queries.Choice(ranked, form["chosen"].value() or []),
        "decision": prepared,
        **queries.waits(prepared, request.user),
        "another": request.method == "POST",
        "crumbs": panels.crumbs(tender),
        "oversees": True,
        "reads_decision": True,
    }
    return render(request, "tenders/panel/decision.html", context)


def _decided(request: SignedInRequest, tender: "Tender") -> HttpResponse:
    """Who proposed and approved what, and why: for everybody who oversees."""
    access.only(access.reads_decision(request.user, tender), WHO_DECIDES)
    context = {
        "tender": tender,
        "decision": queries.of(tender),
        "outcome": Public(tender),
        "crumbs": panels.crumbs(tender),
        "oversees": True,
        "reads_decision": True,
    }
    return render(request, "tenders/panel/decided.html", context)


@login_required
def propose_no_award(request: SignedInRequest, reference: str) -> HttpResponse:
    """Say why nothing is awarded, and propose that."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.decides(request.user, tender), WHO_DECIDES)
    prepared = queries.of(tender)
    if tender.decided_at or not tender.opened_at:
        return redirect("tenders:decision", reference)
    said = {"reason": prepared.no_award_reason} if prepared else {}
    form = ProposeNoAward(request.POST or None, initial=said)
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.propose_no_award(tender, reason=reason, by=request.user, at=request.at)
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, PROPOSED)
            return redirect("tenders:approve_decision", reference)
    context = {
        "tender": tender,
        "form": form,
        "sentences": sentences,
        "desk": queries.Choice(Ranking(tender), []),
        "move": queries.waiting(prepared),
    }
    return render(request, "tenders/panel/no_award.html", context)


@login_required
def approve_decision(request: SignedInRequest, reference: str) -> HttpResponse:
    """Exactly what was proposed; another person approves it."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.decides(request.user, tender), WHO_DECIDES)
    prepared = queries.of(tender)
    if prepared is None:
        return redirect("tenders:decision", reference)
    if request.method == "POST":
        actions.approve(prepared, by=request.user, at=request.at, read=request.POST.get("read", ""))
        messages.success(request, "The tender is decided. Every bidder gets a letter by e-mail.")
        return redirect("tenders:tender_outcome", reference)
    context = {
        "tender": tender,
        "decision": prepared,
        "desk": queries.Choice(Ranking(tender), prepared.chosen),
        "move": queries.waiting(prepared),
        "crumbs": panels.crumbs(tender),
        "oversees": True,
        "reads_decision": True,
    }
    return render(request, "tenders/panel/approve_decision.html", context)


@require_POST
@login_required
def take_back_decision(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take the proposed awards back."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.decides(request.user, tender), WHO_DECIDES)
    if prepared := queries.of(tender):
        actions.take_back(prepared, by=request.user, at=request.at)
        messages.success(request, "What was proposed is taken back. Nothing is decided.")
    return redirect("tenders:decision", reference)


@require_POST
@login_required
def finish_without_award(request: SignedInRequest, reference: str) -> HttpResponse:
    """Finish a tender in which nothing was awarded."""
    tender = access.desk_or_404(request, reference, access.manages)
    actions.finish_without_award(tender, by=request.user, at=request.at)
    messages.success(request, f"{tender.reference} is finished.")
    return redirect("tenders:staff_tender", reference)
