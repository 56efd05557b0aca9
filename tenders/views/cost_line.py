"""The costs of a draft: the lines by organisation, and a page for each line."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.core.wording import counted
from tenders.actions import cost_line
from tenders.forms.pasted_costs import PastedCosts
from tenders.forms.proposal import CostLineForm
from tenders.queries import costs, draft, task_list
from tenders.queries.draft import Draft
from tenders.views.proposal import for_editing

if TYPE_CHECKING:
    from tenders.models import CostLine, Proposal


@for_editing
def show(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """Every line, the sums, and the price against the highest price."""
    whole = draft.of(proposal)
    context = {"proposal": proposal, "costs": costs.of(whole), "groups": task_list.tasks_of(whole)}
    return render(request, "tenders/proposal/costs.html", context)


@once
@for_editing
def add(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """A new line; an organisation can be chosen by the link that led here."""
    whole = draft.of(proposal)
    chosen = {"organisation": request.GET.get("organisation", ""), "kind": "staff"}
    form = _form(request, whole, chosen)
    if request.method == "POST" and form.is_valid():
        return _kept(request, whole, form, None)
    return _page(request, whole, form, None)


@once
@for_editing
def paste(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """Rows from a spreadsheet: all of them are added, or none and each mistake is told."""
    whole = draft.of(proposal)
    form = PastedCosts(request.POST or None, members=whole.members, allowed=_allowed(whole))
    if request.method == "POST" and form.is_valid():
        costs = [cost_line.Cost(**said) for said in form.costs]
        try:
            cost_line.add_all(proposal, costs, by=request.user, at=request.at)
        except NotReady as refused:
            form.add_error("rows", refused.sentences)
        else:
            messages.success(request, f"{counted(len(costs), 'line')} added.")
            return redirect("tenders:costs", proposal.pk)
    context = {"proposal": proposal, "form": form, "groups": task_list.tasks_of(whole)}
    return render(request, "tenders/proposal/paste_costs.html", context)


@for_editing
def edit(request: SignedInRequest, proposal: "Proposal", line: UUID) -> HttpResponse:
    """Change a line."""
    whole = draft.of(proposal)
    before = _line_or_404(whole, line)
    form = _form(request, whole, _typed(before))
    if request.method == "POST" and form.is_valid():
        return _kept(request, whole, form, before)
    return _page(request, whole, form, before)


@for_editing
def remove(request: SignedInRequest, proposal: "Proposal", line: UUID) -> HttpResponse:
    """Remove a line, after a page that asks; then back to the lines that are left."""
    whole = draft.of(proposal)
    found = _line_or_404(whole, line)
    if request.method == "POST":
        cost_line.remove(found, by=request.user, at=request.at)
        messages.success(request, f"“{found.what}” is removed.")
        return redirect("tenders:costs", proposal.pk)
    context = {"proposal": proposal, "line": found, "left": whole.price - found.amount}
    return render(request, "tenders/proposal/remove_line.html", context)


def _form(request: SignedInRequest, whole: Draft, initial: dict[str, Any]) -> CostLineForm:
    return CostLineForm(request.POST or None, members=whole.members, initial=initial, **_allowed(whole))


def _allowed(whole: Draft) -> dict[str, Any]:
    """What the tender lets a line be."""
    tender = whole.proposal.tender
    return {"highest": tender.highest_price, "kinds": tender.cost_kinds}


def _kept(
    request: SignedInRequest, whole: Draft, form: CostLineForm, before: "CostLine | None"
) -> HttpResponse:
    cost = cost_line.Cost(**form.cleaned_data)
    try:
        if before:
            cost_line.edit(before, cost, by=request.user, at=request.at)
        else:
            cost_line.add(whole.proposal, cost, by=request.user, at=request.at)
    except NotReady as refused:
        form.add_error(None, refused.sentences[0])
        return _page(request, whole, form, before)
    return redirect("tenders:costs", whole.proposal.pk)


def _page(
    request: SignedInRequest, whole: Draft, form: CostLineForm, before: "CostLine | None"
) -> HttpResponse:
    others = whole.price - before.amount if before else whole.price
    context = {
        "proposal": whole.proposal,
        "form": form,
        "line": before,
        "others": others,
        "groups": task_list.tasks_of(whole),
    }
    return render(request, "tenders/proposal/cost_line.html", context)


def _line_or_404(whole: Draft, key: UUID) -> "CostLine":
    for line in whole.lines:
        if line.pk == key:
            return line
    raise Http404


def _typed(line: "CostLine") -> dict[str, Any]:
    amount = None if line.days is not None else line.amount
    return {
        "organisation": str(line.organisation_id),
        "kind": line.kind,
        "what": line.what,
        "days": line.days,
        "day_rate": line.day_rate,
        "amount": amount,
    }
