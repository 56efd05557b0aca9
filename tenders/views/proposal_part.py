"""What a draft says beside its answers and its costs: a page for each part."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core import wording
from odifund.core.forms import Form
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import proposal_part as parts
from tenders.forms import proposal_part as forms
from tenders.queries import contents, costs, draft, statements, task_list
from tenders.queries import proposal_part as said
from tenders.views.proposal import for_editing, shown_to_readers

if TYPE_CHECKING:
    from tenders.models import Proposal


@shown_to_readers
def payments(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """When how much is paid, to whom of the consortium it goes, and the VAT that comes on top."""
    whole = draft.of(proposal)
    paid = said.paid_for(proposal.tender)
    shares = {owed.name: owed.payment_percent for owed in paid} | proposal.payments
    initial = {"vat": proposal.vat} | {f"percent_{name}": share for name, share in shares.items()}
    planned = paid if proposal.tender.bidders_plan_payments else ()
    form = forms.PaymentsForm(request.POST or None, paid=planned, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told(form):
            vat = form.cleaned_data["vat"]
            parts.plan_payments(proposal, vat=vat, payments=form.payments, by=request.user, at=request.at)
            return redirect(proposal)
    sums = costs.of(whole)
    rows = said.payment_rows(proposal, sums)
    more = {"costs": sums, "rows": rows, "bars": said.bars(rows, sums)}
    return _page(request, "payments", whole, form, more)


@shown_to_readers
def eligibility(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """What the tender asks of a consortium, and what the lead confirms of it."""
    more = {"conditions": statements.conditions(proposal.tender), "confirmed_at": proposal.eligible_at}
    return _statements(request, "own_eligibility", proposal, statements.ELIGIBILITY, more)


@shown_to_readers
def declarations(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """What the lead declares for the consortium."""
    more = {"confirmed_at": proposal.declared_at}
    return _statements(request, "declarations", proposal, statements.DECLARATIONS, more)


def _statements(
    request: SignedInRequest,
    name: str,
    proposal: "Proposal",
    sentences: tuple[str, ...],
    more: dict[str, Any],
) -> HttpResponse:
    ticked = {f"statement_{n}": bool(more["confirmed_at"]) for n in range(1, len(sentences) + 1)}
    form = forms.StatementsForm(request.POST or None, statements=sentences, initial=ticked)
    if request.method == "POST" and form.is_valid():
        confirm = parts.confirm_eligibility if name == "own_eligibility" else parts.declare
        confirm(proposal, by=request.user, at=request.at)
        return redirect(proposal)
    return _page(request, name, draft.of(proposal), form, more | {"statements": sentences})


@shown_to_readers
def publication(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """What may be published of it if it wins."""
    now = {"publishes": proposal.publishes, "public_summary": proposal.public_summary}
    form = forms.PublicationForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        parts.set_publication(proposal, **form.cleaned_data, by=request.user, at=request.at)
        return redirect(proposal)
    return _page(request, "publication", draft.of(proposal), form, {})


@once
@for_editing
def confidential(request: SignedInRequest, proposal: "Proposal") -> HttpResponse:
    """What is not to be told to others who ask: the parts named so far, and one more."""
    form = forms.ConfidentialForm(request.POST or None, today=wording.in_london(request.at).date())
    if request.method == "POST" and form.is_valid():
        with told(form):
            parts.add_confidential(proposal, **form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, "The confidential part is named.")
            return redirect("tenders:confidential", proposal.pk)
    named = contents.confidential_parts(proposal.confidential)
    return _page(request, "confidential", draft.of(proposal), form, {"named": named})


@require_POST
@for_editing
def remove_confidential(request: SignedInRequest, proposal: "Proposal", part: UUID) -> HttpResponse:
    """Take such a part out again; it can be named again at once, so nothing asks."""
    parts.remove_confidential(proposal, key=str(part), by=request.user, at=request.at)
    messages.success(request, "It is no longer named as confidential.")
    return redirect("tenders:confidential", proposal.pk)


def _page(
    request: SignedInRequest, name: str, whole: draft.Draft, form: Form, more: dict[str, Any]
) -> HttpResponse:
    leads = access.leads(request.user, whole.proposal)
    context = {"proposal": whole.proposal, "form": form, "leads": leads, "groups": task_list.seen(whole)}
    return render(request, f"tenders/proposal/{name}.html", context | more)
