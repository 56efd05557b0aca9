"""Tenders as everybody reads them: the list, one tender, a programme."""

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from odifund.core.fresh import unless_seen
from odifund.core.http import PortalRequest
from tenders import access
from tenders.forms.desk import LookingForRounds
from tenders.queries import rounds, seen, tender_page
from tenders.queries.notice import deadlines_before, notices_of

if TYPE_CHECKING:
    from tenders.models import Programme, Tender


def index(request: PortalRequest) -> HttpResponseBase:
    """Every published tender, the open ones first."""
    named = partial(seen.list_page, request.at)
    return unless_seen(request, named, lambda: _list(request))


def _list(request: PortalRequest) -> HttpResponse:
    form = LookingForRounds(request.GET)
    q = form.looked_for()
    tenders = rounds.looked_for(rounds.public_tenders(), request.at, q=q)
    found = rounds.public_rounds(request.at, tenders.none() if form.errors else tenders)
    context = {
        "rounds": found,
        "coming": [] if q or form.errors else rounds.coming(),
        "form": form,
        "looked_for": q,
        "query": f"{urlencode({'q': q})}&" if q else "",
        **_others(request, found),
    }
    return render(request, "tenders/list.html", context)


def _others(request: PortalRequest, found: rounds.Rounds) -> dict[str, object]:
    """A page of all but the open ones."""
    page = Paginator(found.closed, rounds.MOST).get_page(request.GET.get("page"))
    return {"page": page, "rows": found.page_of(page.object_list)}


def show(request: PortalRequest, reference: str) -> HttpResponseBase:
    """One tender, whole, without signing in. A draft exists for the fund's staff alone."""
    tender = access.tender_or_404(request, reference)
    named = partial(seen.tender_page, tender, request.at)
    return unless_seen(request, named, lambda: _tender(request, tender))


def _tender(request: PortalRequest, tender: "Tender") -> HttpResponse:
    """The page; of a draft as it will be, with what staff alone need above it instead of in it."""
    shown = tender_page.as_published(tender, request.at)
    notices = notices_of(shown)
    context = {
        "tender": shown,
        "notices": notices,
        "deadlines_before": deadlines_before(notices),
        "preview": shown is not tender,
        "page": tender_page.page(shown, request.at),
        "oversees": access.oversees(request.user, tender),
        "parts": access.parts_of(request.user, tender),
        "crumbs": [("Tenders", "/tenders/"), (tender.reference, tender.get_absolute_url())],
    }
    return render(request, "tenders/tender.html", context)


def programme(request: PortalRequest, slug: str) -> HttpResponseBase:
    """A programme and its rounds."""
    found = access.programme_or_404(request, slug)
    named = partial(seen.programme_page, found, request.at)
    return unless_seen(request, named, lambda: _programme(request, found))


def _programme(request: PortalRequest, found: "Programme") -> HttpResponse:
    listed = rounds.public_rounds(request.at, rounds.public_tenders().filter(programme=found))
    return render(
        request,
        "tenders/programme.html",
        {
            "programme": found,
            "may_edit": access.manages(request.user),
            "rounds": listed,
            "coming": rounds.coming(found),
            **_others(request, listed),
            "crumbs": [("Tenders", "/tenders/"), (found.title, found.get_absolute_url())],
        },
    )
