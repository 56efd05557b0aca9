"""A member of a consortium: the people it names, and leaving."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from consortia import access as parties
from consortia import queries as consortia
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from tenders.actions import consortium as taking_part
from tenders.forms.consortium import NamePersonForm
from tenders.queries.consortium import in_context


@login_required
@require_POST
def name_person(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Name a colleague, who is told and sees the proposal from then on."""
    member = parties.named_member_or_403(request, pk)
    form = NamePersonForm(consortia.could_be_named(member), request.POST)
    if form.is_valid():
        with told(form):
            person = form.cleaned_data["person"]
            taking_part.name_person(member, person, by=request.user, at=request.at)
            messages.success(request, f"{person} is named for {member} and can now see the proposal.")
            return redirect(member.consortium)
    context = {**in_context(member.consortium, request.at), "form": form, "member": member}
    return render(request, "tenders/name_person.html", context)


@login_required
@require_POST
def unname_person(request: SignedInRequest, pk: UUID, person_pk: UUID) -> HttpResponse:
    """Take a colleague off: they see nothing of the proposal from then on."""
    member = parties.named_member_or_403(request, pk)
    person = parties.named_person_or_404(member, person_pk)
    taking_part.unname_person(member, person, by=request.user, at=request.at)
    messages.success(request, f"{person} is no longer named for {member}.")
    return redirect(member.consortium if person != request.user else "pages:home")


@login_required
def leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What leaving means; then, by POST, leaving."""
    member = parties.named_member_or_403(request, pk)
    if request.method == "POST":
        taking_part.leave(member, by=request.user)
        messages.success(request, f"{member} has left {member.consortium}.")
        return redirect("pages:home")
    context = {**in_context(member.consortium, request.at), "member": member}
    return render(request, "tenders/leave_consortium.html", context)
