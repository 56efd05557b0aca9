"""An organisation's pages, for its own people."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from consortia import access, queries
from consortia.actions import organisation as organisations
from consortia.forms.organisation import AddPersonForm, HandOverForm, OrganisationForm
from odifund.core import limits
from odifund.core.forms.refusals import told
from odifund.core.http import UNPROCESSABLE, SignedInRequest
from odifund.core.links import where_to
from odifund.core.once import once

if TYPE_CHECKING:
    from consortia.models import Organisation

TOO_MANY = "You added many people today. Go on tomorrow, or ring us"
ASKED = ("name", "kind", "scheme", "number", "region", "size", "website")


@once
@login_required
def add(request: SignedInRequest) -> HttpResponse:
    """Add an organisation, then go on with what it was wanted for; if it is here, ask to belong to it."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = {word: form.cleaned_data[word] for word in ("scheme", "number")}
        if queries.numbered(**number):
            return redirect(f"{reverse('consortia:ask_to_join')}?{urlencode(number)}")
        there = queries.same_name(form.cleaned_data["name"])
        if there and not form.is_another and not number["number"]:
            return _is_it_another(request, form, there)
        with told(form, "number"):
            added = organisations.add(**form.cleaned_data, by=request.user, at=request.at)
            messages.success(request, f"{added} is added. You speak for it.")
            return redirect(where_to(request) or added)
    return render(request, "consortia/add_organisation.html", {"form": form, "next": where_to(request)})


def _is_it_another(request: SignedInRequest, form: OrganisationForm, there: "Organisation") -> HttpResponse:
    """The form again, with the way to who is here under this name."""
    form.is_there = True
    ask = f"{reverse('consortia:ask_to_join')}?{urlencode({'name': there.name})}"
    context = {"form": form, "next": where_to(request), "is_here": there, "ask": ask}
    return render(request, "consortia/add_organisation.html", context, status=UNPROCESSABLE)


@login_required
def show(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Its details and people, who asks to belong to it, and the consortia you are named in for it."""
    organisation = access.organisation_or_404(request, pk)
    return render(
        request,
        "consortia/organisation.html",
        {
            "organisation": organisation,
            "people": queries.people_of(organisation),
            "requests": queries.waiting_requests(organisation),
            "memberships": queries.memberships_named(organisation, request.user),
        },
    )


@login_required
def edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change its details."""
    organisation = access.organisation_or_404(request, pk)
    initial = {name: getattr(organisation, name) for name in ASKED}
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with told(form, "number"):
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
        if limits.too_often(request, "add_person", key=str(request.user.pk)):
            form.add_error(None, TOO_MANY)
            return render(request, "consortia/add_person.html", {"form": form, "organisation": organisation})
        with told(form):
            person = organisations.add_person(
                organisation, **form.cleaned_data, by=request.user, at=request.at
            )
            messages.success(request, f"{person} now belongs to {organisation}, and is told by mail.")
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


@once
@login_required
def leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Leave it. The only person names who takes over."""
    organisation = access.organisation_or_404(request, pk)
    alone = not queries.has_others(organisation, request.user)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    words = {"email": "", "name": ""}
    if request.method == "POST" and (not alone or form.is_valid()):
        with told(form):
            words = form.cleaned_data if alone else words
            organisations.leave(organisation, **words, by=request.user, at=request.at)
            messages.success(request, f"You have left {organisation}.")
            return redirect("pages:home")
    context = {"organisation": organisation, "alone": alone, "form": form}
    return render(request, "consortia/leave_organisation.html", context)
