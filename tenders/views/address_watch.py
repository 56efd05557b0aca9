"""Watching with an e-mail address alone: asked for, confirmed by a button, left by a button or one click.

No cookie is needed for any of it: what counts is the key that only the address was sent.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest
from odifund.core.limits import too_often
from tenders import access
from tenders.actions import address_watch as watching
from tenders.forms.address_watch import AddressForm

TOO_OFTEN = "This was asked too often from your network. Wait an hour, then ask again."


@csrf_exempt  # it does nothing in anybody's name, and mails an address at most three times
@require_POST
def ask(request: PortalRequest, reference: str) -> HttpResponse:
    """Send a mail that asks to confirm. The page says the same of every address."""
    tender = access.tender_or_404(request, reference)
    form = AddressForm(request.POST)
    if form.is_valid():
        address = form.cleaned_data["email"]
        if too_often(request, "watch_by_address"):
            form.add_error("email", TOO_OFTEN)
        else:
            with told(form):
                if not too_often(request, "mail_to_address", key=address):
                    watching.ask(tender, address=address, at=request.at)
                return render(
                    request, "tenders/address_watch/asked.html", {"tender": tender, "address": address}
                )
    return render(request, "tenders/address_watch/ask.html", {"tender": tender, "form": form})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: PortalRequest, reference: str, key: str) -> HttpResponse:
    """A page with a button; the button confirms. A program that opens links changes nothing."""
    tender = access.tender_or_404(request, reference)
    watch = access.watch_to_confirm(tender, key, request.at)
    if watch is None:
        form = AddressForm() if access.takes_addresses(tender) else None
        return render(
            request, "tenders/address_watch/dead_link.html", {"tender": tender, "form": form}, status=404
        )
    if request.method == "POST":
        watching.confirm(watch, at=request.at)
    return render(
        request,
        "tenders/address_watch/confirm.html",
        {
            "tender": tender,
            "watches": request.method == "POST" or watch.confirmed_at is not None,
            "leaving_key": access.leaving_key(watch),
        },
    )


@csrf_exempt  # RFC 8058: mail programs send it without a cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PortalRequest, reference: str, key: str) -> HttpResponse:
    """A page with a button, and one click for mail programs. It answers every key alike."""
    tender = access.tender_or_404(request, reference)
    left = request.method == "POST"
    if left and (watch := access.watch_to_leave(tender, key)):
        watching.leave(watch)
    return render(request, "tenders/address_watch/leave.html", {"tender": tender, "left": left})
