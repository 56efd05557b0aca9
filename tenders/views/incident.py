"""The incident log of a tender: for who oversees it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.errors import WrongPerson
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import incident as incidents
from tenders.forms.incident import IncidentForm
from tenders.queries.incident import away_while_open, incidents_of

PROBLEMS = 50


@once
@login_required
def index(request: SignedInRequest, reference: str) -> HttpResponse:
    """Every entry, and the form for another."""
    tender = access.overseen_tender_or_404(request, reference)
    may = access.keeps_record(request.user, tender)
    if request.method == "POST" and not may:
        raise WrongPerson("Managers and approvers write the incident log.")
    entries = incidents_of(tender)
    form = IncidentForm(
        request.POST if request.method == "POST" else None, numbers=[each.number for each in entries]
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values["corrects"] = access.incident_numbered(tender, values.get("corrects", ""))
        with told(form):
            made = incidents.record(tender, **values, by=request.user, at=request.at)
            messages.success(request, f"Recorded as incident {made.number}.")
            return redirect("tenders:incidents", reference)
    context = {"tender": tender, "incidents": entries, "form": form, "may": may}
    context["away"] = away_while_open(tender, request.at)
    if access.reads_problems(request.user, tender):
        shown = Paginator(access.problems_for(request.user).filter(tender=tender), PROBLEMS)
        context |= {"reads_problems": True, "problems": shown.get_page(1).object_list}
    return render(request, "tenders/incidents.html", context)
