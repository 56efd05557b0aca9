"""An invitation: a page anybody with its key can read, and the answers of who is signed in."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from consortia import access as parties
from odifund.core.forms.refusals import told
from odifund.core.http import PortalRequest, SignedInRequest
from tenders.actions import consortium as taking_part
from tenders.forms.consortium import JoinForm
from tenders.queries.consortium import in_context

if TYPE_CHECKING:
    from consortia.models import Invitation


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or request.GET.get("key") or ""


def show(request: PortalRequest, pk: UUID) -> HttpResponse:
    """Who invites whom to what. Opening it answers nothing."""
    invitation = parties.invitation_or_404(request, pk, _key(request))
    return _page(request, invitation, JoinForm(parties.organisations_for(request.user)))


def _page(request: PortalRequest, invitation: "Invitation", form: JoinForm) -> HttpResponse:
    consortium = invitation.consortium
    context = {
        **in_context(consortium, request.at),
        "invitation": invitation,
        "key": _key(request),
        "here": f"{invitation.get_absolute_url()}?{urlencode({'key': _key(request)})}",
        "form": form,
        "organisations": parties.organisations_for(request.user),
        "is_theirs": parties.answers_invitation(request.user, invitation, _key(request)),
        "has_lapsed": invitation.has_lapsed(request.at),
        "works_in": parties.is_named_in(request.user, consortium),
    }
    return render(request, "tenders/invitation.html", context)


@login_required
@require_POST
def accept(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Join with one of your organisations."""
    key = _key(request)
    invitation = parties.invitation_or_404(request, pk, key)
    form = JoinForm(parties.organisations_for(request.user), request.POST)
    if form.is_valid():
        with told(form):
            joins = form.cleaned_data["organisation"]
            taking_part.accept(invitation, key=key, organisation=joins, by=request.user)
            messages.success(request, f"{joins} has joined {invitation.consortium}. You are named for it.")
            return redirect(invitation.consortium)
    return _page(request, invitation, form)


@login_required
@require_POST
def decline(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say no."""
    key = _key(request)
    invitation = parties.invitation_or_404(request, pk, key)
    taking_part.decline(invitation, key=key, by=request.user, at=request.at)
    messages.success(request, "You have declined. The lead is told.")
    return redirect("pages:home")


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take it back: for the lead's people."""
    invitation = parties.led_invitation_or_404(request, pk)
    taking_part.withdraw(invitation, by=request.user, at=request.at)
    messages.success(request, f"The invitation of {invitation} is withdrawn. Its link no longer works.")
    return redirect(invitation.consortium)


@login_required
@require_POST
def resend(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Send it again: for the lead's people."""
    invitation = parties.led_invitation_or_404(request, pk)
    taking_part.resend(invitation, by=request.user)
    messages.success(
        request,
        f"The invitation is on its way to {invitation.email} again. The link sent before no longer works.",
    )
    return redirect(invitation.consortium)
