"""The costs of a draft: the lines by organisation, and a page for each line."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from odifund.core.forms.refusals import kept, told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.core.wording import counted
from tenders import access
from tenders.actions import cost_line, rows
from tenders.forms.cost_line import CostLineForm
from tenders.forms.rates import RatesForm
from tenders.queries import agreement, costs, draft, task_list
from tenders.queries.draft import Draft
from tenders.views.draft import seen, theirs
from tenders.views.proposal import for_editing, shown_to_readers

if TYPE_CHECKING:
    from consortia.models import Member
    from tenders.models import CostLine, Proposal


@shown_to_readers
def show(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """Every line that the person reads, the sums, and the price against the highest price."""
    whole, part = draft.of(proposal), access.costs_of(request.user, proposal)
    mine = [line for line in whole.lines if part.changes(line.organisation_id)]
    form = RatesForm(request.POST or None, lines=mine, highest=proposal.tender.highest_price)
    if request.method == "POST" and form.is_valid():
        with kept(form):
            if _save_rates(request, proposal, form):
                return redirect("tenders:costs", proposal.pk)
    sums, standings = costs.of(whole, part.sees), agreement.standings(whole)
    context = {
        "proposal": proposal,
        "costs": sums,
        "form": form,
        "part": part,
        "rows": _rows(sums, standings, form, part),
        "standings": standings,
        "agreed": sum(each.holds for each in standings),
        "groups": task_list.seen(whole),
    }
    return render(request, "tenders/proposal/costs.html", context)


def _rows(
    sums: costs.Costs, standings: list[agreement.Standing], form: RatesForm, part: access.CostsOf
) -> list[dict[str, Any]]:
    """Each organisation with where it stands and, of each line that is shown, its boxes."""
    by_organisation = {each.member.organisation_id: each for each in standings}
    return [
        {
            "share": share,
            "standing": by_organisation.get(share.organisation),
            "mine": share.organisation in part.working,
            "is_changed": part.changes(share.organisation),
            "lines": [(line, form.boxes(line)) for line in share.lines] if share.is_shown else [],
        }
        for share in sums.shares
    ]


def _save_rates(request: SignedInRequest, proposal: "Proposal", form: RatesForm) -> bool:
    """Save what was typed. Where somebody else was first the form says so, and it is False."""
    if form.changed:
        try:
            cost_line.set_rates(proposal, form.changed, by=request.user, at=request.at)
        except cost_line.RatesChanged as meanwhile:
            form.tell(meanwhile.lines)
            return False
        messages.success(request, f"{counted(len(form.changed), 'line')} saved.")
    return True


@once
@for_editing
def add(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """A new line; an organisation can be chosen by the link that led here."""
    whole = draft.of(proposal)
    mine = changed_by(request, whole)
    alone = str(mine[0].organisation_id) if len(mine) == 1 else ""
    chosen = {"organisation": request.GET.get("organisation", alone), "kind": "staff"}
    form = CostLineForm(request.POST or None, members=mine, initial=chosen, **allowed(whole))
    if request.method == "POST" and form.is_valid():
        with told(form):
            cost_line.add(proposal, cost_line.Cost(**form.cleaned_data), by=request.user, at=request.at)
            return redirect("tenders:costs", proposal.pk)
    return _page(request, whole, form, None)


@for_editing
def edit(request: SignedInRequest, proposal: "Proposal", line: UUID) -> HttpResponse:
    """Change a line."""
    whole = draft.of(proposal)
    before = _line_or_404(request, whole, line)
    form = CostLineForm(
        request.POST or None, members=changed_by(request, whole), initial=_typed(before), **allowed(whole)
    )
    if request.method == "POST" and form.is_valid():
        with told(form):
            cost, opened = cost_line.Cost(**form.cleaned_data), request.POST.get("seen", "")
            cost_line.edit(before, cost, by=request.user, at=request.at, seen=opened)
            return redirect("tenders:costs", proposal.pk)
    return _page(request, whole, form, before)


@for_editing
def remove(request: SignedInRequest, proposal: "Proposal", line: UUID) -> HttpResponse:
    """Remove a line, after a page that asks; then back to the lines that are left."""
    whole = draft.of(proposal)
    found = _line_or_404(request, whole, line)
    if request.method == "POST":
        cost_line.remove(found, by=request.user, at=request.at)
        messages.success(request, f"“{found.what}” is removed.")
        return redirect("tenders:costs", proposal.pk)
    context = {"proposal": proposal, "line": found, "left": whole.price - found.amount}
    return render(request, "tenders/proposal/remove_line.html", context)


def changed_by(request: SignedInRequest, whole: Draft) -> "list[Member]":
    """The members whose lines the person changes."""
    part = access.costs_of(request.user, whole.proposal)
    return [member for member in whole.members if part.changes(member.organisation_id)]


def allowed(whole: Draft) -> dict[str, Any]:
    """What the tender lets a line be."""
    tender = whole.proposal.tender
    return {"highest": tender.highest_price, "kinds": tender.cost_kinds}


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
        "theirs": theirs(form, _typed(before)) if before else None,
        "seen": seen(request, form, rows.digest(before)) if before else "",
    }
    return render(request, "tenders/proposal/cost_line.html", context)


def _line_or_404(request: SignedInRequest, whole: Draft, key: UUID) -> "CostLine":
    part = access.costs_of(request.user, whole.proposal)
    for line in whole.lines:
        if line.pk == key and part.changes(line.organisation_id):
            return line
    raise Http404


def _typed(line: "CostLine") -> dict[str, Any]:
    typed = line.amount if line.days is None and line.percent is None else None
    return {
        "organisation": str(line.organisation_id),
        "kind": line.kind,
        "what": line.what,
        "days": line.days,
        "day_rate": line.day_rate,
        "amount": typed,
        "percent": line.percent,
        "note": line.note,
    }
