"""Changing the wording of an open tender: everybody is told what it said before."""

from dataclasses import asdict

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
from tenders.queries.correction import TITLE, WORDS, changes, digest_of
from tenders.queries.notice import Shown
from tenders.views.draft import seen, theirs


@login_required
def correct(request: SignedInRequest, reference: str) -> HttpResponse:
    """The words as they are, to be changed, and why; what everybody would read; and then the change."""
    tender = access.desk_or_404(request, reference, access.manages)
    words_now = {field: getattr(tender, field) for field in WORDS}
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial=words_now,
        giveaways=giveaway.in_tender(tender),
    )
    read_first = []
    if request.method == "POST" and form.is_valid():
        words = {field: form.cleaned_data[field] for field in WORDS}
        why, opened = form.cleaned_data["why"], request.POST.get("seen", "")
        differ = [asdict(change) for change in changes(tender, words)]
        shown = Shown(request.at, TITLE, why, differ)
        is_stale = opened and opened != digest_of(tender)
        if not differ or is_stale or request.POST.get("checked") == shown.digest:
            with told(form):
                correction.correct(tender, words, why=why, by=request.user, at=request.at, seen=opened)
                messages.success(request, "The wording is changed, and everybody watching is told.")
                return redirect(tender)
        else:
            read_first = [shown]
    now = seen(request, form, digest_of(tender))
    context = {"tender": tender, "form": form, "seen": now, "read_first": read_first}
    context["theirs"] = theirs(form, {field: getattr(tender, field) for field in WORDS})
    return render(request, "tenders/correct.html", context)
