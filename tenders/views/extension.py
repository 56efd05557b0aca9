"""Extending the deadline by two people: the proposal with the whole timetable, and its confirmation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from odifund.core.errors import WrongPerson
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.core.wording import moment
from tenders import access
from tenders.actions import extension as extensions
from tenders.forms.extension import MOVE, ExtensionForm
from tenders.queries import extension_page, giveaway
from tenders.queries.incident import choices


@once
@login_required
def extend(request: SignedInRequest, reference: str) -> HttpResponse:
    """What was proposed, what was extended before, and the form for the first of two."""
    tender = access.overseen_tender_or_404(request, reference)
    may_propose = access.manages(request.user, tender)
    if request.method == "POST" and not may_propose:
        raise WrongPerson("Managers propose a later deadline; managers and approvers confirm it.")
    page, finds = extension_page.page(tender, request.at), giveaway.in_tender(tender)
    form = ExtensionForm(
        request.POST if request.method == "POST" else None,
        incidents=choices(tender),
        is_past=page.is_past,
        giveaways=finds,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        with told(form):
            extensions.propose(
                tender,
                to_at=values["to_at"],
                reason=values["reason"],
                move_later=values["later"] == MOVE,
                incident=access.incident_numbered(tender, values.get("incident", "")),
                by=request.user,
                at=request.at,
            )
            messages.success(request, "You proposed it. Everybody who can confirm it is told by e-mail.")
            return redirect("tenders:extend", reference)
    context = {
        "tender": tender,
        "page": page,
        "form": form,
        "named": finds(page.proposed.extension.reason) if page.proposed else [],
        "may": access.confirms(request.user, tender),
        "may_propose": may_propose,
    }
    return render(request, "tenders/extend.html", context)


@login_required
@require_POST
def confirm(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The second of two confirms the extension they read."""
    tender = access.overseen_tender_or_404(request, reference)
    made = extensions.extend(tender, number=number, by=request.user, at=request.at)
    messages.success(request, f"Proposals now close at {moment(made.to_at)}. Everybody is being told.")
    return redirect("tenders:extend", reference)


@login_required
@require_POST
def take_back(request: SignedInRequest, reference: str) -> HttpResponse:
    """The proposed deadline is taken back."""
    tender = access.overseen_tender_or_404(request, reference)
    extensions.take_back(tender, by=request.user, at=request.at)
    messages.success(request, "Taken back. The deadline is as it was.")
    return redirect("tenders:extend", reference)
