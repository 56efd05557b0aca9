"""The forms of passkeys and authenticator apps: django-allauth's checks with our fields and words.

Named in settings (MFA_FORMS), because allauth looks its forms up by name.
"""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms

from odifund.core.forms.texts import TextField


def code_field(label: str, what: str, help_text: str = "") -> TextField:
    """A code to type: six figures of an app, or a longer one from paper."""
    return TextField(
        label=label, what=what, help_text=help_text, characters=40, width=10, autocomplete="one-time-code"
    )


class SecondCode(AuthenticateForm):  # type: ignore[misc]
    """The code that the authenticator app shows, after the one from the mail."""

    code = code_field("Code from your authenticator app", "the code", "Or one of your recovery codes.")


class ActivateAuthenticator(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app, which shows that it works."""

    code = code_field("Code that the app shows", "the code that the app shows")


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey; the script fills in what the device answered."""

    name = TextField(
        label="What will you call it?",
        what="a name for it",
        characters=60,
        width=20,
        required=False,
        help_text="So that you can tell it from others, like “Work laptop”.",
    )
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)
