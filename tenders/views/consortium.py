"""Taking part with a consortium: forming it, its page, its name, inviting, leaving."""

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from consortia import access as parties
from consortia import queries as consortia
from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest, SignedInRequest
from odifund.core.once import once
from tenders import access
from tenders.actions import consortium as taking_part
from tenders.forms.consortium import InviteForm, NamePersonForm, RenameForm, TakePartForm, auto_id
from tenders.queries.consortium import consortia_in, in_context, proposal_of

if TYPE_CHECKING:
    from odifund.core.models import Person


@once
def take_part(request: PortalRequest, reference: str) -> HttpResponse:
    """What taking part means, for anybody; the form for who has an organisation."""
    tender = access.tender_or_404(request, reference)
    organisations = parties.organisations_for(request.user)
    form = TakePartForm(organisations, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            lead = form.cleaned_data["organisation"]
            by = cast("Person", request.user)
            words = {word: form.cleaned_data[word] for word in ("name", "title")}
            begun = taking_part.take_part(tender, lead=lead, **words, by=by)
            messages.success(request, f"{begun.consortium} is formed, and its proposal is begun.")
            return redirect(begun.consortium)
    mine = consortia_in(request.user, tender)
    is_open = tender.accepts_proposals(request.at)
    return render(
        request,
        "tenders/take_part.html",
        {"tender": tender, "form": form, "organisations": organisations, "mine": mine, "is_open": is_open},
    )


@login_required
def show(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Who is in it, who is invited, who is named; what you may change has a button."""
    consortium = parties.consortium_or_404(request, pk)
    own = set(parties.members_named_by(request.user, consortium).values_list("pk", flat=True))
    members = [
        (
            member,
            NamePersonForm(
                consortia.could_be_named(member), consortia.parts_in(member), auto_id=auto_id(member.pk)
            )
            if member.pk in own
            else None,
        )
        for member in consortia.members_of(consortium)
    ]
    return render(
        request,
        "tenders/consortium.html",
        {
            **in_context(consortium, request.at),
            "members": members,
            "invitations": consortia.invitations_of(consortium),
            "leads": parties.leads(request.user, consortium),
            "proposal": proposal_of(consortium),
        },
    )


@login_required
def rename(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Another name."""
    consortium = parties.consortium_or_404(request, pk)
    initial = {"name": consortium.name}
    form = RenameForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        taking_part.rename(consortium, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, "The consortium has its new name.")
        return redirect(consortium)
    return render(
        request, "tenders/rename_consortium.html", {**in_context(consortium, request.at), "form": form}
    )


@once
@login_required
def invite(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Invite an organisation."""
    consortium = parties.consortium_or_404(request, pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            sent = taking_part.invite(consortium, **form.cleaned_data, by=request.user)
            messages.success(
                request, f"{sent.organisation_name} is invited. The e-mail is on its way to {sent.email}."
            )
            return redirect(consortium)
    return render(
        request, "tenders/invite_organisation.html", {**in_context(consortium, request.at), "form": form}
    )
