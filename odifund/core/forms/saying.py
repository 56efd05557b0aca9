"""How a field speaks of what it asks for: "Enter the day rate", never "This field is required"."""

import re
import unicodedata
from typing import Any

from django import forms

# Control characters other than tab and newline, and marks that turn the direction of words.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_text(text: str) -> str:
    """The text in one form of Unicode, with plain newlines, without characters nobody can see."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return unicodedata.normalize("NFC", UNSEEN.sub("", plain))


class Saying(forms.Field):
    """A field that knows what it is called in a sentence: `what`, by default "the" and its label."""

    asks = "Enter"

    def __init__(self, *, what: str = "", **more: Any) -> None:
        super().__init__(**more)
        label = str(self.label or "")
        called = f"{label[:1].lower()}{label[1:]}".removeprefix("the ")
        self.what = what or (f"the {called}" if called else "an answer")
        self.error_messages["required"] = f"{self.asks} {self.what}"

    @property
    def starting(self) -> str:
        """`what` at the start of a sentence."""
        return self.what[:1].upper() + self.what[1:]

    def refuse(self, message: str, code: str = "invalid") -> forms.ValidationError:
        """The error to raise; what was typed is not in it, for it is still in the field."""
        return forms.ValidationError(message, code=code)
