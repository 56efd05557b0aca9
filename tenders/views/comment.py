"""Comments on a section of a draft, and who else has it open."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from odifund.core import presence
from odifund.core.forms.refusals import told
from odifund.core.http import UNPROCESSABLE, SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import comment as comments
from tenders.forms.proposal import CommentForm
from tenders.views.proposal import while_open
from tenders.views.section_text import open_too, place_of, with_comment

if TYPE_CHECKING:
    from tenders.models import Proposal


@require_POST
@once
@while_open
def add(request: SignedInRequest, proposal: "Proposal", section: UUID) -> HttpResponse:
    """Say something; a refused comment comes back with the section's page."""
    about = access.section_or_404(proposal.tender, section)
    form = CommentForm(request.POST)
    if form.is_valid():
        with told(form, "comment"):
            words = form.cleaned_data["comment"]
            comments.add(proposal, about, text=words, by=request.user, at=request.at)
            return redirect(_place(proposal, section))
    return with_comment(request, proposal, about, form, UNPROCESSABLE)


@require_POST
@while_open
def settle(request: SignedInRequest, proposal: "Proposal", comment: UUID) -> HttpResponse:
    """Mark it as settled."""
    found = access.comment_or_404(proposal, comment)
    comments.settle(found, by=request.user, at=request.at)
    return redirect(_place(proposal, found.section_id))


@require_POST
@while_open
def here(request: SignedInRequest, proposal: "Proposal", section: UUID) -> HttpResponse:
    """The page says that somebody has it open, and is told who else has."""
    about = access.section_or_404(proposal.tender, section)
    names = presence.come(place_of(proposal, about), request.user, request.at)
    return JsonResponse({"others": open_too(names)})


def _place(proposal: "Proposal", section: UUID) -> str:
    return f"{reverse('tenders:section', args=[proposal.pk, section])}#comments"
