"""Checking a receipt without signing in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odifund.core.http import PortalRequest
from tenders import access
from tenders.forms.receipt import ReceiptForm
from tenders.queries import receipt_check


@never_cache
@require_safe
def check(request: PortalRequest) -> HttpResponse:
    """Whether a register names the receipt, and nothing on whose it is."""
    form = ReceiptForm(request.GET or None)
    checked, asked = None, form.is_bound and form.is_valid()
    if asked:
        said = form.cleaned_data
        tenders = access.tenders_for(request.user)
        checked = receipt_check.check(tenders, said["number"], said["fingerprint"])
    return render(request, "tenders/check_receipt.html", {"form": form, "asked": asked, "checked": checked})
