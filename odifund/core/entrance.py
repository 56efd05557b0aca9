"""Where signing in and registering begin, a little other than django-allauth has it.

Apart from `signin`, which allauth imports while it is being imported itself.
"""

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


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
