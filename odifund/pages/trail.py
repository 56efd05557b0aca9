"""The trail and the outbox as staff read them: sealed things stay sealed here too."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from odifund.core import access, outbox
from odifund.core import trail as happened
from odifund.core.http import SignedInRequest
from odifund.pages.forms import OutboxFilter, TrailFilter
from tenders import access as tenders

if TYPE_CHECKING:
    from tenders.models import Tender

A_PAGE = 35
NEWEST = 30
"""How many tenders can be chosen on the trail's page. An older one's own page leads to its part."""


@login_required
@require_safe
def trail(request: SignedInRequest) -> HttpResponse:
    """What happened, newest first: of all, of one tender, of one person, of some days."""
    access.only(request, access.reads_trail)
    known = _tenders(request)
    form = TrailFilter(request.GET or None, tenders=[(one.reference, str(one)) for one in known])
    open_scopes = tenders.open_scopes_for(request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    scope = next((one.pk for one in known if one.reference == asked.get("tender")), None)
    found = happened.events(open_scopes=open_scopes, scope=scope, person=asked.get("person", ""))
    page = Paginator(happened.between(found, asked.get("since"), asked.get("until")), A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "pages/trail.html",
        {
            "form": form,
            "page": page,
            "entries": happened.entries(page, open_scopes),
            "chain": happened.chain(),
            "query": _query(request),
        },
    )


def _tenders(request: SignedInRequest) -> list["Tender"]:
    """The newest, and the one that is asked for: a list of hundreds would be most of the page."""
    every = tenders.tenders_for(request.user).order_by("-drafted_at", "reference")
    newest, asked = list(every[:NEWEST]), request.GET.get("tender", "")
    is_older = asked and asked not in {one.reference for one in newest}
    return [*newest, *(every.filter(reference=asked) if is_older else ())]


@login_required
@require_safe
def letters(request: SignedInRequest) -> HttpResponse:
    """Which mails wait, went out or were refused."""
    access.only(request, access.reads_outbox)
    form = OutboxFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(outbox.messages(asked.get("state", "")), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/outbox.html",
        {
            "form": form,
            "page": page,
            "letters": outbox.letters(page, tenders.open_scopes_for(request.user)),
            "counts": outbox.counts(),
            "sends_again": access.administers(request.user),
            "query": _query(request),
        },
    )


@login_required
@require_POST
def send_again(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Let a mail that was given up wait once more."""
    outbox.send_again(access.mail_or_404(request, key), by=request.user, at=request.at)
    messages.success(
        request, "The mail waits again. It goes out within seconds, unless it is refused once more."
    )
    return redirect(f"{reverse('pages:outbox')}?state={outbox.GIVEN_UP}")


def _query(request: SignedInRequest) -> str:
    """The filter as the links of other pages carry it on."""
    kept = [(name, value) for name, value in request.GET.items() if name != "page" and value]
    return urlencode(kept) + "&" if kept else ""
