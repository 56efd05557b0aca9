"""Reading an opened proposal whole, and its files: for the panel and for who oversees."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render

from odifund.core import files
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import reading
from tenders.queries import opened as queries


@login_required
def opened_proposal(request: SignedInRequest, reference: str, key: UUID) -> HttpResponse:
    """The whole proposal as it was submitted."""
    proposal = access.read_proposal_or_404(request, reference, key)
    version = queries.version_of(proposal)
    contents = reading.contents(version, by=request.user, at=request.at)
    context = {
        "tender": proposal.tender,
        "proposal": proposal,
        "version": version,
        "contents": contents,
        "costs": queries.cost_bars(contents),
        "scores": access.parts_of(request.user, proposal.tender).scores,
        "first": queries.first_code(proposal),
    }
    return render(request, "tenders/panel/opened_proposal.html", context)


@login_required
def opened_file(request: SignedInRequest, reference: str, key: UUID, file: UUID) -> FileResponse:
    """One file of the opened proposal, as a download."""
    proposal = access.read_proposal_or_404(request, reference, key)
    version = queries.version_of(proposal)
    stored = queries.file_of(version, file)
    if stored is None:
        raise Http404
    stored = reading.file(version, stored, by=request.user, at=request.at)
    return files.download(stored, to=request.user)
