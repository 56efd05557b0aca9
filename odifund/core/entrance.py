"""Where signing in and registering begin, a little other than django-allauth has it.

Apart from `signin`, which allauth imports while it is being imported itself.
"""

from allauth.account import views
from django.http import HttpRequest


class AskForCode(views.RequestLoginCodeView):  # type: ignore[misc]
    """Asks for the address. Shown also while a code is on its way: the address may have been mistyped."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        return None


class Register(views.SignupView):  # type: ignore[misc]
    """Asks for name and address, again if the first was mistyped."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: object) -> None:
        return None
