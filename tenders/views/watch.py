"""Watching a tender: a page that says where you stand, and two buttons."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.access import signed_in
from odifund.core.http import PortalRequest, SignedInRequest
from tenders import access
from tenders.actions import watch as watching
from tenders.forms.address_watch import AddressForm
from tenders.queries.watch import watches


def show(request: PortalRequest, reference: str) -> HttpResponse:
    """Whether you watch; without an account, where to leave an address. Opening the page changes nothing."""
    tender = access.tender_or_404(request, reference)
    if not signed_in(request.user):
        form = AddressForm() if access.takes_addresses(tender) else None
        return render(request, "tenders/address_watch/ask.html", {"tender": tender, "form": form})
    watched = watches(request.user, tender)
    return render(request, "tenders/watch.html", {"tender": tender, "watched": watched})


@login_required
@require_POST
def start(request: SignedInRequest, reference: str) -> HttpResponse:
    """Be told from now on."""
    tender = access.tender_or_404(request, reference)
    watching.start(tender, by=request.user, at=request.at)
    messages.success(request, "You watch this tender. We e-mail you each notice and each answer.")
    return redirect(tender)


@login_required
@require_POST
def stop(request: SignedInRequest, reference: str) -> HttpResponse:
    """Be told no more."""
    tender = access.tender_or_404(request, reference)
    watching.stop(tender, by=request.user, at=request.at)
    messages.success(request, "You no longer watch this tender.")
    return redirect(tender)
