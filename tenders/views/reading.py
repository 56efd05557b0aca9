"""The access log of a tender: who read which proposal, and when. For who oversees it."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from odifund.core.http import SignedInRequest
from tenders import access
from tenders.queries import reading

A_PAGE = 60


@login_required
@require_safe
def readings(request: SignedInRequest, reference: str) -> HttpResponse:
    """The newest first, of the proposals that the person may read."""
    tender = access.desk_or_404(request, reference, access.oversees)
    found = reading.of(tender, access.opened_proposals_for(request.user))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "tenders/desk/readings.html", {"tender": tender, "page": page})
