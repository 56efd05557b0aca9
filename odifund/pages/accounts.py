"""Accounts, for administrators: the new address of somebody who lost their mailbox.

There is no list to look through: an account is found by its address, written out whole.
"""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from odifund.core import access, addresses, limits
from odifund.core.forms.account import ChangeAddressFor, FindAccount
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.once import once


@login_required
def find(request: SignedInRequest) -> HttpResponse:
    """Find an account by its address."""
    access.only(request, access.administers)
    form = FindAccount(request.POST or None)
    if form.is_valid():
        if limits.too_often(request, "look_up_account", key=str(request.user.pk)):
            form.add_error("email", "You looked up many accounts. Wait an hour")
        elif person := addresses.found(form.cleaned_data["email"]):
            return redirect("pages:account_of", person.pk)
        else:
            form.add_error("email", "No account has this address")
    return render(request, "pages/find_account.html", {"form": form})


@once
@login_required
def change_address(request: SignedInRequest, key: UUID) -> HttpResponse:
    """Put another address in place of the one that its person cannot read any more."""
    access.only(request, access.administers)
    person = access.person_or_404(request, key)
    form = ChangeAddressFor(request.POST or None)
    if form.is_valid():
        with told(form, "email"):
            addresses.change_for(
                person,
                form.cleaned_data["email"],
                how_checked=form.cleaned_data["how_checked"],
                by=request.user,
                at=request.at,
            )
            messages.success(request, f"The address is {person.email} now. It and the old one are told.")
            return redirect("pages:account_of", person.pk)
    return render(request, "pages/account_of.html", {"person": person, "form": form})
