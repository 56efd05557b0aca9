"""Where signing in and registering begin, a little other than django-allauth has it.

Apart from `signin`, which allauth imports while it is being imported itself.
"""

from allauth.account import views
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from odifund.core import addresses, audit, limits, ways
from odifund.core.forms.account import GetBackIn
from odifund.core.http import PortalRequest


class AskForCode(views.RequestLoginCodeView):  # type: ignore[misc]
    """Asks for the address. Shown also while a code is on its way: the address may have been mistyped."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        return None


class Register(views.SignupView):  # type: ignore[misc]
    """Asks for name and address, again if the first was mistyped."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        return None


def enter_first_code(request: HttpRequest) -> HttpResponseBase:
    """The code that ends registering. Who is signed in already has no use for it."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    answer: HttpResponseBase = views.email_verification_sent(request)
    return answer


NOT_THESE = "That is not the address of an account with this recovery code, or the code was used already"
TOO_OFTEN = "That was tried too often. Wait an hour, or ring us"


def get_back_in(request: PortalRequest) -> HttpResponseBase:
    """For who cannot read the mail: a passkey, a recovery code, or somebody to ring."""
    if request.user.is_authenticated:
        return redirect("account")
    form = GetBackIn(request.POST or None)
    if form.is_valid() and (answer := _back_in(request, form)):
        return answer
    return render(request, "account/get_back_in.html", {"form": form})


def _back_in(request: PortalRequest, form: GetBackIn) -> HttpResponse | None:
    """A recovery code is the first step, in place of the code by mail; a second may follow."""
    email = form.cleaned_data["email"]
    if limits.too_often(request, "recovery_code", key=email):
        form.add_error(None, TOO_OFTEN)
        return None
    person = addresses.found(email)
    if person is None or not ways.takes_recovery_code(person, form.cleaned_data["code"]):
        form.add_error("code", NOT_THESE)
        return None
    record_authentication(request, person, method="recovery")
    with transaction.atomic():
        audit.record("person.got_back_in", person, by=person, at=request.at, sealed=True)
        ways.told_of_recovery(person, at=request.at)
    messages.info(request, "Change your address below, if you cannot read the mail to it any more.")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url="/account/"))
    return answer
