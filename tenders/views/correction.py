"""Changing the wording of an open tender: everybody is told what it said before."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import correction
from tenders.forms.correction import CorrectionForm
from tenders.queries import giveaway
from tenders.queries.correction import WORDS, digest_of
from tenders.views.draft import seen


@login_required
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """The words as they are, to be changed, and why."""
    tender = access.desk_or_404(request, reference, access.manages)
    now = {field: getattr(tender, field) for field in WORDS}
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial=now,
        giveaways=giveaway.in_tender(tender),
    )
    if request.method == "POST" and form.is_valid():
        words = {field: form.cleaned_data[field] for field in WORDS}
        why, opened = form.cleaned_data["why"], request.POST.get("seen", "")
        with told(form):
            correction.correct(tender, words, why=why, by=request.user, at=request.at, seen=opened)
            messages.success(request, "The wording is changed, and everybody watching is told.")
            return redirect(tender)
    context = {"tender": tender, "form": form, "seen": seen(request, form, digest_of(tender))}
    return render(request, "tenders/correct.html", context)
