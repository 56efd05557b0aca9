"""A contract's page, and the moves of its two sides."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from deliverables import access
from deliverables.actions import contract as actions
from deliverables.forms.contract import Agreement
from deliverables.queries import contract as queries
from odifund.core.errors import NotReady
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders.access import contract_or_404
from tenders.actions import contract as offers
from tenders.lifecycle import CONTRACT


@login_required
@require_safe
def show(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The terms, what is owed against time, and the payments."""
    return _page(request, key, Agreement())


@once
@login_required
@require_POST
def accept(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The lead's people accept the terms."""
    contract, form = contract_or_404(request, key), Agreement(request.POST)
    if not form.is_valid():
        return _page(request, key, form)
    offers.accept(contract, by=request.user, at=request.at)
    messages.success(request, "You accepted the contract. The ODI signs it next, and you are told.")
    return redirect(contract)


@once
@login_required
@require_POST
def countersign(request: SignedInRequest, key: UUID) -> HttpResponse:
    """The ODI's people countersign."""
    contract, form = contract_or_404(request, key), Agreement(request.POST)
    if not form.is_valid():
        return _page(request, key, form)
    actions.countersign(contract, by=request.user, at=request.at)
    messages.success(request, "The contract is signed by both sides. The consortium knows what it owes.")
    return redirect(contract)


@once
@login_required
@require_POST
def complete(request: SignedInRequest, key: UUID) -> HttpResponse:
    """A manager completes the contract."""
    contract = contract_or_404(request, key)
    try:
        actions.complete(contract, by=request.user, at=request.at)
    except NotReady as refused:
        return _page(request, key, Agreement(), refused.sentences)
    messages.success(request, "The contract is complete.")
    return redirect(contract)


def _page(
    request: SignedInRequest, key: UUID, form: Agreement, sentences: Sequence[str] = ()
) -> HttpResponse:
    shown = queries.overview(contract_or_404(request, key), request.at)
    contract, user = shown.contract, request.user
    context = {
        "shown": shown,
        "lines": [shown.line],
        "contract": contract,
        "form": form,
        "sentences": sentences,
        "may_accept": CONTRACT.allows("accept", contract, user),
        "may_countersign": CONTRACT.allows("countersign", contract, user),
        "may_complete": CONTRACT.allows("complete", contract, user)
        and not any(queries.missing_for_completion(contract)),
        "passed": queries.passed_dates(contract, request.at),
        "sees_work": access.sees_work(user, contract),
        "oversees": access.oversees(user, contract.tender),
        "handles_payments": access.handles_payments(user),
    }
    return render(request, "deliverables/contract.html", context)
