"""Attempts that came too late: the list, and admitting one by two people because the portal was at fault."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.errors import MovedOn
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import admission as admissions
from tenders.forms.admission import AdmissionForm
from tenders.queries import admission as queries
from tenders.queries.incident import choices

WHO = "Managers and approvers who do not bid in the tender decide about late attempts."


@login_required
def index(request: SignedInRequest, reference: str) -> HttpResponse:
    """Each attempt by its moments; whose it was stays sealed."""
    tender = access.overseen_tender_or_404(request, reference)
    context = {"tender": tender, "attempts": queries.attempts(tender)}
    return render(request, "tenders/late_attempts.html", context)


@login_required
def show(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """One attempt: what is proposed, and the form that proposes to admit it."""
    tender = access.overseen_tender_or_404(request, reference)
    row = access.late_attempt_or_404(tender, key)
    may = access.confirms(request.user, tender)
    access.only(request.method != "POST" or may, WHO)
    form = AdmissionForm(request.POST or None, incidents=choices(tender))
    if request.method == "POST" and form.is_valid():
        with told(form):
            incident = access.incident_numbered(tender, form.cleaned_data["incident"])
            reason = form.cleaned_data["reason"]
            admissions.propose(row, incident=incident, reason=reason, by=request.user, at=request.at)
            messages.success(request, "You proposed it. Everybody who can confirm it is told by e-mail.")
            return redirect("tenders:late_attempt", reference, key)
    attempt = next(each for each in queries.attempts(tender) if each.row.pk == row.pk)
    context = {
        "tender": tender,
        "attempt": attempt,
        "move": queries.waiting(attempt.admission),
        "form": form,
        "may": may,
        "open": tender.closed_at is not None and not tender.is_opened,
    }
    return render(request, "tenders/late_attempt.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """The second of two."""
    tender = access.overseen_tender_or_404(request, reference)
    row = access.late_attempt_or_404(tender, key)
    access.only(access.confirms(request.user, tender), WHO)
    if (admission := queries.admission_of(row)) is None:
        raise MovedOn("Nothing waits for a second person here. One person proposes it first.")
    admissions.admit(admission, by=request.user, at=request.at, read=request.POST.get("read", ""))
    messages.success(request, "It is admitted. A new register has it, and the bidder has a receipt.")
    return redirect("tenders:late_attempt", reference, key)


@require_POST
@login_required
def take_back(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """Take the proposal to admit it back."""
    tender = access.overseen_tender_or_404(request, reference)
    row = access.late_attempt_or_404(tender, key)
    access.only(access.confirms(request.user, tender), WHO)
    if admission := queries.admission_of(row):
        admissions.take_back(admission, by=request.user, at=request.at)
        messages.success(request, "Taken back. The attempt stays refused.")
    return redirect("tenders:late_attempt", reference, key)
