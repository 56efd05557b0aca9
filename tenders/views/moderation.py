"""Moderation: what can start, and the desk where the panel's agreed scores are recorded."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import moderation as actions
from tenders.actions import reading
from tenders.forms.panel import Scoring
from tenders.queries import desk as desks
from tenders.queries import moderation as queries
from tenders.queries import panel as panels


@login_required
def moderation(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every proposal the person may see, and how far its moderation has got."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.sees_ranking(request.user, tender), "Only the moderator and who runs the tender.")
    rows = panels.standings(tender, access.opened_proposals_for(request.user))
    context = {
        "tender": tender,
        "rows": rows,
        "agreed": sum(row.is_agreed for row in rows),
        "to_agree": sum(not row.is_not_eligible for row in rows),
        "may": access.parts_of(request.user, tender).moderates,
        "first": queries.first_criterion(tender).code,
        "crumbs": panels.crumbs(tender),
        "oversees": access.oversees(request.user, tender),
        "reads_decision": access.reads_decision(request.user, tender),
    }
    return render(request, "tenders/panel/moderation.html", context)


@login_required
def start_moderation(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Say what stands in the way, or start."""
    proposal = access.moderated_proposal_or_404(request, reference, key)
    if request.method == "POST":
        try:
            actions.start(proposal, by=request.user, at=request.at)
        except NotReady:
            return redirect("tenders:start_moderation", reference, key)
        code = queries.first_criterion(proposal.tender).code
        return redirect("tenders:moderate", reference, key, code)
    context = {"tender": proposal.tender, "proposal": proposal, "waits_for": queries.not_ready(proposal)}
    return render(request, "tenders/panel/start_moderation.html", context)


@login_required
def moderate(request: SignedInRequest, reference: str, key: UUID, code: str) -> HttpResponse:
    """The desk: everybody's scores side by side, and the agreed one."""
    moderation = access.moderation_or_404(request, reference, key)
    desk = queries.Desk(moderation)
    criterion = desk.criterion(code)
    if criterion is None:
        raise Http404
    moderates = access.moderates(request.user, moderation.proposal)
    form = Scoring(
        request.POST or None,
        scale=desk.scale,
        initial=desks.initial_of(desk.agreed.get(criterion.pk)),
        legend="Agreed score",
        whole=True,
    )
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        base = request.POST.get("base", "")
        try:
            actions.save(
                moderation, criterion, base=base, by=request.user, at=request.at, **form.cleaned_data
            )
        except NotReady as refused:
            sentences, desk = refused.sentences, queries.Desk(moderation)  # with what was saved meanwhile
        else:
            following = desk.after(criterion) if "next" in request.POST else code
            if following is None:
                return redirect("tenders:agree_scores", reference, key)
            return redirect("tenders:moderate", reference, key, following)
    said_in = reading.contents(desk.version, by=request.user, at=request.at, what=criterion.title)
    rows = access.scores_for(request.user, moderation.proposal).filter(criterion=criterion)
    context = desk.context(criterion, said_in, rows) | {"form": form, "sentences": sentences}
    context["may"] = moderates and not moderation.agreed_at
    context["notes"] = moderates or access.reads_notes(request.user, moderation.proposal.tender)
    context["lists"] = moderates or access.sees_ranking(request.user, moderation.proposal.tender)
    return render(request, "tenders/panel/moderate.html", context)


@login_required
def agree_scores(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Show all agreed scores; settle them."""
    moderation = access.moderation_or_404(request, reference, key)
    access.only(access.moderates(request.user, moderation.proposal), "Only the moderator settles the scores.")
    sentences: list[str] = []
    if request.method == "POST":
        try:
            actions.agree(moderation, by=request.user, at=request.at)
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, "The scores of this proposal are agreed.")
            return redirect("tenders:moderation", reference)
    desk = queries.Desk(moderation)
    context = {"tender": moderation.proposal.tender, "desk": desk, "sentences": sentences}
    return render(request, "tenders/panel/agree_scores.html", context)
