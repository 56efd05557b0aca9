"""The forms of signing in and registering: django-allauth's checks with our fields and words.

Named in settings (ACCOUNT_FORMS), because allauth looks its forms up by name.
"""

from typing import Any

from allauth.account import forms as allauth_forms

from odifund.core.forms.texts import EmailField, TextField


def _code_field() -> TextField:
    """The code as it stands in the mail; what is typed in small letters or with spaces is the same code."""
    return TextField(
        label="Code", what="the code from the mail", characters=40, width=10, autocomplete="one-time-code"
    )


class AskForCode(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send the sign-in code."""

    email = EmailField(
        label="E-mail address", what="your e-mail address", help_text="We send a code to this address."
    )


class EnterCode(allauth_forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that signs in."""

    code = _code_field()


class EnterFirstCode(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that shows that a new address is yours."""

    code = _code_field()


class Register(allauth_forms.SignupForm):  # type: ignore[misc]
    """An account: a name and an address, no password."""

    field_order = ("name", "email")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        initial = self.fields["email"].initial
        self.fields["email"] = EmailField(
            label="E-mail address",
            what="your e-mail address",
            initial=initial,
            help_text="Use your work address. We send a code to it, now and each time that you sign in.",
        )
