"""The fund's own people: administrators invite them, give roles and end them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from odifund.core import access, people
from odifund.core.errors import MovedOn
from odifund.core.http import SignedInRequest
from odifund.core.once import once
from odifund.pages import forms


@login_required
@require_safe
def list_people(request: SignedInRequest) -> HttpResponse:
    """Everybody of the fund's staff with their roles."""
    access.only(request, access.administers)
    return render(request, "pages/people.html", {"standings": people.standings()})


@once
@login_required
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite somebody by e-mail."""
    access.only(request, access.administers)
    form = forms.Invitation(request.POST or None)
    if form.is_valid():
        person = people.invite(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"{person} is invited. A mail with the way to sign in is on its way.")
        return redirect("pages:people")
    return render(request, "pages/invite_person.html", {"form": form})


@login_required
def person(request: SignedInRequest, key: UUID) -> HttpResponse:
    """One person's roles, past ones too; give another."""
    access.only(request, access.administers)
    somebody = access.staff_or_404(request, key)
    form = forms.NewRole(request.POST or None)
    if form.is_valid():
        try:
            role = people.give_role(somebody, form.cleaned_data["role"], by=request.user, at=request.at)
        except MovedOn as refusal:
            form.add_error("role", refusal.message)
        else:
            messages.success(request, f"{somebody} now has the role {role.get_role_display()}.")
            return redirect("pages:person", key)
    context = {"person": somebody, "form": form, "roles": people.roles_of(somebody)}
    return render(request, "pages/person.html", context)


@login_required
@require_POST
def end_role(request: SignedInRequest, key: UUID, role: str) -> HttpResponse:
    """End one role."""
    access.only(request, access.administers)
    somebody = access.staff_or_404(request, key)
    people.end_role(somebody, role, by=request.user, at=request.at)
    messages.success(request, f"{somebody} no longer has that role.")
    return redirect("pages:person", key)
