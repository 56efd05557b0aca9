"""The register of what was submitted in time: for everybody, as a page and as JSON."""

from functools import partial
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from odifund.core.fresh import unless_seen
from odifund.core.http import PortalRequest
from tenders import access
from tenders.queries import seen
from tenders.queries.opening import numbered_register, outcome_of, receipts_of, registers_of

if TYPE_CHECKING:
    from tenders.models import Tender


@require_safe
def show(request: PortalRequest, reference: str) -> HttpResponseBase:
    """The page; before the close it says when there will be one."""
    tender = access.tender_or_404(request, reference)
    named = partial(seen.register_page, tender, request.at)
    return unless_seen(request, named, lambda: _page(request, tender))


def _page(request: PortalRequest, tender: "Tender") -> HttpResponse:
    registers = registers_of(tender)
    context = {
        "tender": tender,
        "registers": [(register, receipts_of(register)) for register in registers],
        "outcome": outcome_of(tender),
    }
    return render(request, "tenders/register.html", context)


@require_safe
def download(request: PortalRequest, reference: str, number: int | None = None) -> HttpResponse:
    """The same as JSON, exactly as it was made at the close: the newest, or the one of this number."""
    register = numbered_register(access.tender_or_404(request, reference), number)
    if register is None:
        raise Http404
    return JsonResponse(register.content, json_dumps_params={"indent": 2, "ensure_ascii": False})
