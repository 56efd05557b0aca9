"""A reader approves the price: what it is, what it was, and what else has changed since."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.core.wording import pounds
from tenders import access
from tenders.actions import approval as approvals
from tenders.forms.proposal import ApprovalForm
from tenders.queries import approval as queries
from tenders.queries import costs, draft, task_list
from tenders.queries.named import Named
from tenders.views.proposal import while_open

if TYPE_CHECKING:
    from tenders.models import Proposal


@once
@while_open
def approve(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """For who is named as a reader; others are told whose it is."""
    access.only(
        access.approves(request.user, proposal), "Only the people named as readers approve the price."
    )
    form = ApprovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        price: Decimal = form.cleaned_data["price"]
        approvals.approve(proposal, price=price, by=request.user, at=request.at)
        messages.success(request, f"You approved the price of {pounds(price)}. The others are told.")
        return redirect(proposal)
    whole = draft.of(proposal)
    named = Named(proposal)
    standing = next(each for each in named.approvals(whole.price) if each.person == request.user)
    context = {
        "proposal": proposal,
        "standing": standing,
        "changes": queries.other_changes(whole, standing),
        "costs": costs.of(whole, named.part_of(request.user).sees),
        "groups": task_list.for_reader(whole),
    }
    return render(request, "tenders/proposal/approval.html", context)
