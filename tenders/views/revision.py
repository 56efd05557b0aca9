"""The earlier texts of a section, and the way back to one."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import section_text
from tenders.forms.proposal import PutBackForm
from tenders.queries import revision
from tenders.views.proposal import for_editing

if TYPE_CHECKING:
    from tenders.models import Proposal, SectionText


@for_editing
def index(request: SignedInRequest, proposal: "Proposal", section: UUID) -> HttpResponse:
    """Who wrote when, the newest first."""
    answered = access.section_or_404(proposal.tender, section)
    sittings = revision.sittings(proposal, answered)
    context = {"proposal": proposal, "answered": answered, "sittings": sittings}
    return render(request, "tenders/proposal/earlier_texts.html", context)


@for_editing
def show(request: SignedInRequest, proposal: "Proposal", section: UUID, number: int) -> HttpResponse:
    """One earlier text; putting it back saves it as the newest, and what it replaces is kept too."""
    text = access.earlier_text_or_404(proposal, section, number)
    if request.method == "POST":
        return _put_back(request, proposal, text)
    newest = section_text.newest_text(proposal, text.section)
    context = {"proposal": proposal, "answered": text.section, "earlier": text, "newest": newest}
    return render(request, "tenders/proposal/earlier_text.html", context)


def _put_back(request: SignedInRequest, proposal: "Proposal", text: "SectionText") -> HttpResponse:
    form = PutBackForm(request.POST)
    if not form.is_valid():
        return redirect("tenders:earlier_text", proposal.pk, text.section_id, text.revision)
    based_on = form.cleaned_data["base_revision"]
    try:
        section_text.save(
            proposal, text.section, text=text.text, base_revision=based_on, by=request.user, at=request.at
        )
    except section_text.EditedMeanwhile as both:
        messages.error(request, f"Nothing was put back. {both.newest.saved_by} saved other words meanwhile.")
        return redirect("tenders:earlier_texts", proposal.pk, text.section_id)
    messages.success(request, "The earlier text is back. What it replaced is kept among the earlier texts.")
    return redirect("tenders:section", proposal.pk, text.section_id)
