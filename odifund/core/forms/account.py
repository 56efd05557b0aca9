"""The forms of signing in and registering: django-allauth's checks with our fields and words.

Named in settings (ACCOUNT_FORMS), because allauth looks its forms up by name.
"""

from typing import Any

from allauth.account import forms as allauth_forms

from odifund.core.forms.base import Form
from odifund.core.forms.texts import EmailField, LongTextField, TextField


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


class GetBackIn(Form):
    """Without mail: the address and a recovery code."""

    email = EmailField(label="E-mail address of your account", what="the e-mail address of your account")
    code = TextField(
        label="Recovery code", what="a recovery code", characters=40, width=10, autocomplete="one-time-code"
    )


class ShowItIsYou(Form):
    """A code that shows who sits here."""

    code = _code_field()


class Rename(Form):
    """What somebody is called."""

    name = TextField(label="Your name", what="your name", characters=120, width=30, autocomplete="name")


class NewAddress(Form):
    """The address to sign in with from now on."""

    email = EmailField(
        label="New e-mail address",
        what="the new e-mail address",
        help_text="We send a code to it, which you enter on the next page.",
    )


class FindAccount(Form):
    """Whose account."""

    email = EmailField(
        label="Address of the account",
        what="the address of the account",
        help_text="Written out in full, as its person gave it to you.",
        autocomplete="off",
    )


class ChangeAddressFor(Form):
    """An administrator's change of somebody's address."""

    email = EmailField(label="New e-mail address", what="the new e-mail address", autocomplete="off")
    how_checked = LongTextField(
        label="How did you check that it is them?",
        what="how you checked that it is them",
        characters=500,
        rows=4,
        help_text="Whom you rang, on a number that you found yourself, and when. It goes into the trail.",
    )
