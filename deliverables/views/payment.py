"""Finance: what is to be paid, and recording that it was."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from deliverables import access
from deliverables.actions import payment as actions
from deliverables.forms.payment import Paid
from deliverables.lifecycle import PAYMENT
from deliverables.queries import payment as queries
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from odifund.core.once import once


@login_required
@require_safe
def show_all(request: SignedInRequest) -> HttpResponse:
    """Due first, then what is to come, then what was paid."""
    payments = access.all_payments_or_404(request)
    payable = set(access.payable_by(request.user).values_list("pk", flat=True))
    context = {"groups": queries.groups(payments), "payable": payable}
    return render(request, "deliverables/payments.html", context)


@once
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Record the date and the bank's reference."""
    payment = access.payment_or_404(request, key)
    if request.method != "POST" and not PAYMENT.allows("pay", payment, request.user):
        return redirect(payment.contract)
    form = Paid(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.pay(payment, **form.cleaned_data, by=request.user, at=request.at)
        except NotReady as refused:
            form.add_error("paid_on", refused.sentences)
        else:
            messages.success(request, "The payment is recorded as paid. The lead is told by e-mail.")
            return redirect("deliverables:payments")
    context = {"payment": payment, "contract": payment.contract, "form": form}
    return render(request, "deliverables/pay.html", context)
