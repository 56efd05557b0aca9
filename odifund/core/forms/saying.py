"""How a field speaks of what it asks for: "Enter the day rate", never "This field is required"."""

import re
import unicodedata
from typing import Any

from django import forms

# Control characters other than tab and newline, marks that turn the direction of words, and what word
# processors leave: soft hyphens and spaces of no width. The joiners of scripts and emoji stay.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff]")
LINES = re.compile(r"\r\n|[\r\x0b\x0c\u2028\u2029]")
SPACES = re.compile(r"[\u00a0\u2007\u202f]")
BULLETS = re.compile(r"[\uf0a7\uf0b7\uf0d8\uf0fc]")
"""Word's bullets are letters of a symbol font, which stand for nothing in any other."""


def clean_text(text: str) -> str:
    """The text in one form of Unicode, with plain newlines, spaces and bullets, and nothing unseen."""
    plain = BULLETS.sub("•", SPACES.sub(" ", LINES.sub("\n", text)))
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
