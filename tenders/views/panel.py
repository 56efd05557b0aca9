"""The panel of a tender: who sits on it, and their interests."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import declaration
from tenders.actions import panel as actions
from tenders.forms.panel import DeclareInterests, NamePanellist
from tenders.queries import panel as queries


@login_required
def panel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Who sits on the panel; a manager names somebody here."""
    tender = access.panel_tender_or_404(request, reference)
    may = access.manages(request.user, tender)
    access.only(request.method != "POST" or may, "Only a manager names the panel.")
    form = NamePanellist(request.POST or None, people=queries.could_sit())
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        person = form.people[said["person"]]
        try:
            actions.name(
                tender, person, part=said["part"], is_deputy=said["is_deputy"], by=request.user, at=request.at
            )
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, f"{person} is on the panel and gets a mail that says so.")
            return redirect("tenders:panel", tender.reference)
    context = {
        "tender": tender,
        "form": form,
        "sentences": sentences,
        "may": may and tender.decided_at is None,
        "seats": queries.seats(tender),
        "oversees": access.oversees(request.user, tender),
        "conflicts": queries.conflicts(tender).filter(pk__in=access.declarations_for(request.user, tender)),
        "crumbs": queries.crumbs(tender),
        "reads_decision": access.reads_decision(request.user, tender),
    }
    return render(request, "tenders/panel/panel.html", context)


@login_required
def end_panellist(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Take somebody off the panel, after asking."""
    tender = access.panel_tender_or_404(request, reference)
    seat = access.seat_or_404(request, tender, key)
    access.only(access.manages(request.user, tender), "Only a manager changes the panel.")
    if request.method == "POST":
        actions.end(seat, by=request.user, at=request.at)
        messages.success(request, f"{seat.person} is not on the panel any more.")
        return redirect("tenders:panel", tender.reference)
    return render(request, "tenders/panel/end_panellist.html", {"tender": tender, "seat": seat})


@login_required
def declare(request: SignedInRequest, reference: str) -> HttpResponse:
    """Declare interests against the organisations of the opened tender, or add one later."""
    tender = access.panel_tender_or_404(request, reference)
    access.only(access.panels_of(request.user).filter(tender=tender).exists(), "You are not on this panel.")
    mine = access.declarations_for(request.user, tender).filter(person=request.user)
    before = {each.organisation_id: each for each in mine}
    organisations = queries.organisations_of(tender)
    form = DeclareInterests(request.POST or None, organisations=organisations, before=before)
    sentences: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            declaration.declare(tender, form.answers, by=request.user, at=request.at)
        except NotReady as refused:
            sentences = refused.sentences
        else:
            messages.success(request, "Your interests are declared.")
            return redirect("tenders:pile", tender.reference)
    context = {"tender": tender, "form": form, "sentences": sentences, "before": before}
    return render(request, "tenders/panel/declare.html", context)
