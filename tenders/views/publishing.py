"""Checking a draft, proposing to publish it, and the second person who reads and confirms."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core import two_person
from odifund.core.http import SignedInRequest
from tenders import access
from tenders.actions import tender as tenders
from tenders.queries import tender_page, writing
from tenders.queries.assumed import assumed
from tenders.queries.dates import second_look
from tenders.queries.tender import awaited, could_confirm, has_changed, publishes_at

if TYPE_CHECKING:
    from tenders.models import Tender


@login_required
def check(request: SignedInRequest, reference: str) -> HttpResponse:
    """What is missing, each sentence leading to its task; or the button that proposes."""
    tender = access.desk_or_404(request, reference, access.manages)
    if tender.is_published:
        return redirect("tenders:staff_tender", tender.reference)
    writing.read_whole(tender)
    able = could_confirm()
    _, lacking = writing.tasks(tender, request.at, len(able))
    move = two_person.waiting("publish", tender)
    context = {
        "tender": tender,
        "page": tender_page.page(tender, request.at),
        "look": second_look(tender),
        "assumed": assumed(tender),
        "lacks": writing.lacks(tender, lacking),
        "move": move,
        "changed": has_changed(tender, move),
        "awaited": awaited(move, able),
    }
    return render(request, "tenders/draft/check.html", context)


@login_required
@require_POST
def propose(request: SignedInRequest, reference: str) -> HttpResponse:
    """The first of two people."""
    tender = access.desk_or_404(request, reference, access.manages)
    tenders.propose_publishing(tender, by=request.user, at=request.at)
    messages.success(request, "You proposed it. Everybody who can confirm it has been told by e-mail.")
    return redirect("tenders:staff_tender", tender.reference)


@login_required
def publish(request: SignedInRequest, reference: str) -> HttpResponse:
    """The second of two people: everything that would be published, and the button that does it."""
    tender = access.desk_or_404(request, reference, access.confirms)
    if request.method == "POST":
        return _confirmed(request, tender)
    if tender.is_published:
        return redirect("tenders:staff_tender", tender.reference)
    writing.read_whole(tender)
    move = two_person.waiting("publish", tender)
    context = {
        "tender": tender,
        "page": tender_page.page(tender, request.at),
        "move": move,
        "changed": has_changed(tender, move),
        "look": second_look(tender),
        "assumed": assumed(tender),
        "read": tenders.digest(tender),
        "opens": publishes_at(tender, request.at),
    }
    return render(request, "tenders/draft/publish.html", context)


def _confirmed(request: SignedInRequest, tender: "Tender") -> HttpResponse:
    """Now, or left to the clock: as the button that was pressed says."""
    read = request.POST.get("read") or "nothing"
    if request.POST.get("do") == "schedule":
        tenders.schedule(tender, by=request.user, at=request.at, read=read)
        messages.success(request, f"You confirmed it. The clock publishes {tender.reference}.")
        return redirect("tenders:staff_tender", tender.reference)
    tenders.publish(tender, by=request.user, at=request.at, read=read)
    messages.success(request, f"{tender.reference} is published.")
    return redirect(tender)


@login_required
@require_POST
def unschedule(request: SignedInRequest, reference: str) -> HttpResponse:
    """The clock does not publish it after all."""
    tender = access.desk_or_404(request, reference, access.confirms)
    tenders.unschedule(tender, by=request.user, at=request.at)
    messages.success(request, "Taken back. It is a draft again; to be published it has to be proposed again.")
    return redirect("tenders:staff_tender", tender.reference)


@login_required
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """The proposal to publish is taken back."""
    tender = access.desk_or_404(request, reference, access.confirms)
    tenders.take_back_publishing(tender, by=request.user, at=request.at)
    messages.success(request, "Taken back. Nothing was published.")
    return redirect("tenders:staff_tender", tender.reference)
