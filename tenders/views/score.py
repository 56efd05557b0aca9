"""An evaluator at work: the pile, the desk, their own scores as a grid, locking."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import reading
from tenders.actions import score as actions
from tenders.forms.panel import Scoring
from tenders.queries import desk as desks
from tenders.queries import panel as panels
from tenders.queries import pile as piles


@login_required
def pile(request: SignedInRequest, reference: str) -> HttpResponse:
    """Where somebody on the panel starts: declare, then score or moderate."""
    tender = access.panel_tender_or_404(request, reference)
    parts = access.parts_of(request.user, tender)
    context = {
        "tender": tender,
        "parts": parts,
        "declared": access.declared_panels(request.user).filter(tender=tender).exists(),
        "organisations": len(panels.organisations_of(tender)),
        "crumbs": panels.crumbs(tender),
    }
    if context["declared"] and parts.scores:
        context["pile"] = piles.Pile(tender, request.user)
    return render(request, "tenders/panel/pile.html", context)


@login_required
def my_scores(request: SignedInRequest, reference: str) -> HttpResponse:
    """One's own scores as a grid."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.parts_of(request.user, tender).scores, "Only evaluators have scores of their own.")
    declared = access.declared_panels(request.user).filter(tender=tender).exists()
    access.only(declared, "Declare your interests first.")
    context = {"tender": tender, "pile": piles.Pile(tender, request.user)}
    return render(request, "tenders/panel/my_scores.html", context)


@login_required
def score(request: SignedInRequest, reference: str, key: UUID, code: str) -> HttpResponse:
    """The desk: the text on the left, one criterion's score on the right."""
    proposal = access.scored_proposal_or_404(request, reference, key)
    desk = desks.Desk(proposal, request.user)
    cell = desk.cell(code)
    if cell is None:
        raise Http404
    form = Scoring(
        request.POST or None, scale=desk.scale, initial=desks.initial_of(cell.score), legend="My score"
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        actions.save(
            proposal,
            cell.criterion,
            score=said["score"],
            reason=said["reason"],
            note=said["note"],
            by=request.user,
            at=request.at,
        )
        following = desk.after(cell) if "next" in request.POST else cell.criterion.code
        if following is None:
            return redirect("tenders:lock_scores", reference, key)
        return redirect("tenders:score", reference, key, following)
    said_in = reading.contents(desk.version, by=request.user, at=request.at, what=cell.criterion.title)
    moderated = (
        desk.item.is_locked and access.moderations_for(request.user).filter(proposal=proposal).exists()
    )
    context = desk.context(cell, said_in) | {"form": form, "moderated": moderated}
    return render(request, "tenders/panel/score.html", context)


@login_required
def lock_scores(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Show what would be locked; lock it."""
    proposal = access.scored_proposal_or_404(request, reference, key)
    sentences: list[str] = []
    if request.method == "POST":
        try:
            actions.lock(proposal, by=request.user, at=request.at)
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, "Your scores of this proposal are locked.")
            return redirect("tenders:pile", reference)
    desk = desks.Desk(proposal, request.user)
    context = {"tender": proposal.tender, "proposal": proposal, "desk": desk, "sentences": sentences}
    return render(request, "tenders/panel/lock_scores.html", context)
