"""Cost lines by the row: pasted, and as a spreadsheet that goes down and comes up."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.forms import sniffing
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.core.wording import counted
from tenders import access
from tenders.actions import cost_line
from tenders.forms.cost_rows import PastedCosts
from tenders.forms.cost_sheet import CostSheetForm
from tenders.queries import costs, draft, task_list
from tenders.queries.cost_sheet import as_read, sheet
from tenders.views.cost_line import allowed, changed_by
from tenders.views.proposal import for_editing, while_open

if TYPE_CHECKING:
    from tenders.forms.cost_rows import CostRows
    from tenders.models import Proposal


@once
@for_editing
def paste(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """Rows from a spreadsheet: all of them are added, or none and each mistake is told."""
    whole = draft.of(proposal)
    form = PastedCosts(request.POST or None, members=changed_by(request, whole), allowed=allowed(whole))
    if request.method == "POST" and form.is_valid():
        with told(form, "rows"):
            return _added(request, proposal, form.lines)
    context = {"proposal": proposal, "form": form, "groups": task_list.tasks_of(whole)}
    return render(request, "tenders/proposal/paste_costs.html", context)


@while_open
def download(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """The lines that the person reads, in the columns that come back."""
    part, whole = access.costs_of(request.user, proposal), draft.of(proposal)
    written = sheet(costs.of(whole, part.sees), _read(whole, part))
    answer = HttpResponse(written, content_type=sniffing.EXCEL.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{proposal.tender.reference}-costs.xlsx"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@once
@for_editing
def upload(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """A spreadsheet's rows: added below, or in place of every line that the person changes."""
    whole = draft.of(proposal)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CostSheetForm(*sent, members=changed_by(request, whole), allowed=allowed(whole))
    if request.method == "POST" and form.is_valid():
        with told(form, "file"):
            if form.cleaned_data["do"] == "add":
                return _added(request, proposal, form.lines)
            new = [cost_line.Cost(**said) for said in form.lines.costs]
            read = request.POST.get("seen") or form.read
            gone = cost_line.replace_all(proposal, new, by=request.user, at=request.at, read=read)
            messages.success(request, f"{counted(gone, 'line')} replaced by {counted(len(new), 'line')}.")
            return redirect("tenders:costs", proposal.pk)
    context = {"proposal": proposal, "form": form, "groups": task_list.tasks_of(whole)}
    if cost_line.LINES_CHANGED in form.errors.get("file", ()):
        context["seen"] = _read(whole, access.costs_of(request.user, proposal))
    return render(request, "tenders/proposal/upload_costs.html", context)


def _read(whole: draft.Draft, part: access.CostsOf) -> str:
    return as_read(line for line in whole.lines if part.changes(line.organisation_id))


def _added(request: SignedInRequest, proposal: "Proposal", lines: "CostRows") -> HttpResponse:
    new = [cost_line.Cost(**said) for said in lines.costs]
    cost_line.add_all(proposal, new, by=request.user, at=request.at)
    messages.success(request, f"{counted(len(new), 'line')} added.")
    return redirect("tenders:costs", proposal.pk)
