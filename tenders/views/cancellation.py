"""Ending a tender before its decision, by two people."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core import two_person
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import cancellation as cancellations
from tenders.forms.cancellation import CancellationForm
from tenders.queries import cancellation as written
from tenders.queries import giveaway

PROPOSED = "You proposed it. Everybody who can confirm it has been told by e-mail."


@login_required
def cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """The reason, written by one; or what one proposed, for another to confirm."""
    tender = access.desk_or_404(request, reference, access.confirms)
    before, move = written.of(tender), two_person.waiting("cancel", tender)
    said, finds = {"reason": before.reason} if before else {}, giveaway.in_tender(tender)
    form = CancellationForm(request.POST if request.method == "POST" else None, initial=said, giveaways=finds)
    if request.method == "POST" and form.is_valid():
        with told(form):
            cancellations.propose(tender, **form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, PROPOSED)
            return redirect("tenders:cancel_tender", tender.reference)
    context = {"tender": tender, "form": form, "written": before, "move": move}
    context["named"] = finds(before.reason) if before and move else []
    return render(request, "tenders/cancel.html", context)


@login_required
@require_POST
def confirm(request: SignedInRequest, reference: str) -> HttpResponse:
    """The second of two people."""
    tender = access.desk_or_404(request, reference, access.confirms)
    cancellations.confirm(tender, by=request.user, at=request.at, read=request.POST.get("read", ""))
    messages.success(request, f"{tender.reference} has ended. Everybody is told why.")
    return redirect("tenders:staff_tender", tender.reference)


@login_required
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was proposed is taken back."""
    tender = access.desk_or_404(request, reference, access.confirms)
    cancellations.take_back(tender, by=request.user, at=request.at)
    messages.success(request, "Taken back. The tender goes on.")
    return redirect("tenders:staff_tender", tender.reference)
