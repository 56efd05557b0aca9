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
from tenders.forms.consortium import NamePersonForm, PartForm
from tenders.queries.consortium import in_context


@login_required
@require_POST
def name_person(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Name a colleague, who is told and sees the proposal from then on."""
    member = parties.named_member_or_403(request, pk)
    form = NamePersonForm(consortia.could_be_named(member), consortia.parts_in(member), request.POST)
    if form.is_valid():
        with told(form):
            person = form.cleaned_data["person"]
            part = form.cleaned_data["part"]
            taking_part.name_person(member, person, part=part, by=request.user, at=request.at)
            messages.success(request, f"{person} is named for {member} and can now see the proposal.")
            return redirect(member.consortium)
    context = {**in_context(member.consortium, request.at), "form": form, "member": member}
    return render(request, "tenders/name_person.html", context)


@login_required
def give_part(request: SignedInRequest, pk: UUID, person_pk: UUID) -> HttpResponse:
    """Let somebody named do another part: read, work, or for the lead submit."""
    member = parties.named_member_or_403(request, pk)
    naming = parties.naming_or_404(member, person_pk)
    form = PartForm(consortia.parts_in(member), request.POST or None, initial={"part": naming.part})
    if request.method == "POST" and form.is_valid():
        with told(form, "part"):
            taking_part.give_part(naming, form.cleaned_data["part"], by=request.user, at=request.at)
            messages.success(request, f"{naming.person}: {form.said}.")
            return redirect(member.consortium)
    context = {**in_context(member.consortium, request.at), "form": form, "naming": naming}
    return render(request, "tenders/give_part.html", context)


@login_required
@require_POST
def unname_person(request: SignedInRequest, pk: UUID, person_pk: UUID) -> HttpResponse:
    """Take a colleague off: they see nothing of the proposal from then on."""
    member = parties.named_member_or_403(request, pk)
    person = parties.naming_or_404(member, person_pk).person
    taking_part.unname_person(member, person, by=request.user, at=request.at)
    messages.success(request, f"{person} is no longer named for {member}.")
    return redirect(member.consortium if person != request.user else "pages:home")


@login_required
def leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What leaving, or taking a member out, means; then, by POST, doing it."""
    member = parties.ended_member_or_403(request, pk)
    own = parties.works_for(request.user, member)
    if request.method == "POST":
        taking_part.leave(member, by=request.user)
        messages.success(request, f"{member} is no longer in {member.consortium}.")
        return redirect("pages:home" if own else member.consortium)
    context = {**in_context(member.consortium, request.at), "member": member, "own": own}
    return render(request, "tenders/leave_consortium.html", context)
