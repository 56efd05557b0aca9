"""Checking a receipt."""

import re

from django.core.exceptions import ValidationError

from odifund.core import forms

WHOLE = re.compile(r"[0-9a-f]{64}")


class ReceiptForm(forms.Form):
    """Its number, and its fingerprint where somebody has it."""

    number = forms.TextField(
        label="Receipt number", what="the receipt number", characters=40, width=20, help_text="Like SF5-4821"
    )
    fingerprint = forms.TextField(
        label="Fingerprint",
        what="the fingerprint",
        characters=140,
        required=False,
        help_text="All 64 characters, to know whether the file that you hold is the one that counts.",
    )

    def clean_number(self) -> str:
        """As it was read out or copied: a space or another dash for the hyphen."""
        number: str = self.cleaned_data["number"]
        return re.sub(r"[\s‐-―_-]+", "-", number.strip())

    def clean_fingerprint(self) -> str:
        """As it stands on paper with spaces, or as sha256sum says it with the name of the file behind it."""
        typed: list[str] = self.cleaned_data["fingerprint"].lower().split()
        bare = typed[0] if typed and WHOLE.fullmatch(typed[0]) else "".join(typed)
        if bare and not WHOLE.fullmatch(bare):
            raise ValidationError("Enter all 64 characters of the fingerprint: figures and a to f")
        return bare
