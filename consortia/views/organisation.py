"""An organisation's pages, for its own people."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from consortia import access, queries
from consortia.actions import organisation as organisations
from consortia.forms.organisation import AddPersonForm, OrganisationForm
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once


def _next(request: HttpRequest) -> str:
    """Where the person came from, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


@once
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    """Add an organisation, then go on with what it was wanted for."""
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial={"in_uk": True})
    if request.method == "POST" and form.is_valid():
        added = organisations.add(**form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, f"{added} is added. You speak for it.")
        return redirect(_next(request) or added)
    return render(request, "consortia/add_organisation.html", {"form": form, "next": _next(request)})


@login_required
def show(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Its details and people, and the consortia you are named in for it."""
    organisation = access.organisation_or_404(request, pk)
    return render(
        request,
        "consortia/organisation.html",
        {
            "organisation": organisation,
            "people": queries.people_of(organisation),
            "memberships": queries.memberships_named(organisation, request.user),
        },
    )


@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change its details."""
    organisation = access.organisation_or_404(request, pk)
    names = ("name", "kind", "in_uk", "website")
    initial = {name: getattr(organisation, name) for name in names}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        organisations.edit(organisation, **form.cleaned_data, by=request.user, at=request.at)
        messages.success(request, "The details are changed.")
        return redirect(organisation)
    return render(request, "consortia/edit_organisation.html", {"form": form, "organisation": organisation})


@once
@login_required
def add_person(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add a colleague."""
    organisation = access.organisation_or_404(request, pk)
    form = AddPersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told(form):
            email = form.cleaned_data["email"]
            person = organisations.add_person(organisation, email=email, by=request.user, at=request.at)
            messages.success(request, f"{person} now belongs to {organisation}.")
            return redirect(organisation)
    return render(request, "consortia/add_person.html", {"form": form, "organisation": organisation})


@login_required
@require_POST
def remove_person(request: SignedInRequest, pk: UUID, person_pk: UUID) -> HttpResponse:
    """End a colleague's belonging."""
    organisation = access.organisation_or_404(request, pk)
    person = access.colleague_or_404(organisation, person_pk)
    organisations.remove_person(organisation, person, by=request.user, at=request.at)
    messages.success(request, f"{person} no longer belongs to {organisation}.")
    return redirect(organisation if person != request.user else "pages:home")
