"""The outcome: for everybody, as data, and for the people named on a proposal."""

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from odifund.core.fresh import unless_seen
from odifund.core.http import PortalRequest, SignedInRequest
from tenders import access
from tenders.queries import became, seen
from tenders.queries import outcome as queries

if TYPE_CHECKING:
    from tenders.models import Tender


def tender_outcome(request: PortalRequest, reference: str) -> HttpResponseBase:
    """Who won, by which rule, and every proposal's scores; before the decision, when it is expected."""
    tender = access.tender_or_404(request, reference)
    named = partial(seen.outcome_page, tender, request.at)
    return unless_seen(request, named, lambda: _outcome(request, tender))


def _outcome(request: PortalRequest, tender: "Tender") -> HttpResponse:
    if tender.decided_at is None:
        return render(request, "tenders/outcome_not_yet.html", {"tender": tender})
    return render(request, "tenders/outcome.html", {"tender": tender, "outcome": queries.Public(tender)})


def scores_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The scores as a table for spreadsheets."""
    tender = access.decided_tender_or_404(request, reference)
    response = HttpResponse(queries.as_csv(tender), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{tender.reference}-scores.csv"'
    return response


def scores_json(request: HttpRequest, reference: str) -> JsonResponse:
    """The same with the criteria and their weights."""
    tender = access.decided_tender_or_404(request, reference)
    return JsonResponse(queries.as_json(tender), json_dumps_params={"indent": 2, "ensure_ascii": False})


@login_required
def proposal_outcome(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One's own proposal: agreed scores and reasons, and what happens next."""
    proposal = access.own_outcome_or_404(request, key)
    own = queries.Own(proposal)
    context = {
        "tender": proposal.tender,
        "proposal": proposal,
        "outcome": own,
        "became": became.of(proposal, request.user, is_awarded=own.result["awarded"]),
    }
    return render(request, "tenders/proposal_outcome.html", context)
