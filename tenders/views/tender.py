"""Tenders as everybody reads them: the list, one tender, a programme."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from odifund.core.http import PortalRequest
from tenders import access
from tenders.queries import rounds, tender_page

ROWS = 20


def index(request: HttpRequest) -> HttpResponse:
    """Every published tender, the open ones first."""
    at = cast("PortalRequest", request).at
    found = rounds.public_rounds(at)
    page = Paginator(found.others, ROWS).get_page(request.GET.get("page"))
    return render(request, "tenders/list.html", {"rounds": found, "page": page})


def show(request: HttpRequest, reference: str) -> HttpResponse:
    """One tender, whole, without signing in. A draft exists for the fund's staff alone."""
    tender = access.tender_or_404(request, reference)
    at = cast("PortalRequest", request).at
    context = {
        "tender": tender,
        "page": tender_page.page(tender, at),
        "oversees": access.oversees(request.user, tender),
        "parts": access.parts_of(request.user, tender),
        "crumbs": [("Tenders", "/tenders/"), (tender.reference, tender.get_absolute_url())],
    }
    return render(request, "tenders/tender.html", context)


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme and its rounds."""
    found = access.programme_or_404(request, slug)
    at = cast("PortalRequest", request).at
    theirs = rounds.public_tenders().filter(programme=found)
    return render(
        request,
        "tenders/programme.html",
        {
            "programme": found,
            "may_edit": access.manages(request.user),
            "rounds": rounds.public_rounds(at, theirs),
            "crumbs": [("Tenders", "/tenders/"), (found.title, found.get_absolute_url())],
        },
    )
