"""Texts: one line, or many with a count that counts and never cuts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from odifund.core.forms.saying import Saying, clean_text
from odifund.core.forms.widgets import LongTextWidget, TextWidget

LONGEST = 100_000  # characters of any text: more is a mistake of copying


class TextField(Saying):
    """One line. Line breaks that came with a paste become spaces."""

    def __init__(self, *, characters: int = 200, width: int = 0, autocomplete: str = "", **more: Any) -> None:
        self.characters = characters
        attrs = {"autocomplete": autocomplete} if autocomplete else {}
        super().__init__(**{"widget": TextWidget(width, **attrs), **more})

    def to_python(self, value: str | None) -> str:
        """The line, cleaned; refused when it is too long, never shortened."""
        text = " ".join(clean_text(value or "").split())
        if len(text) > self.characters:
            raise self.refuse(
                f"{self.starting} must be {self.characters:,} characters or fewer. It has {len(text):,}",
                "long",
            )
        return text


class EmailField(TextField):
    """An e-mail address, in lower case."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"characters": 254, "width": 30, "autocomplete": "email", **more})
        self.widget.input_type = "email"

    def to_python(self, value: str | None) -> str:
        """The address, if it has the form of one."""
        address = super().to_python(value).lower()
        if address:
            try:
                validate_email(address)
            except ValidationError:
                raise self.refuse(f"Enter {self.what} in full, like name@example.org") from None
        return address


class WebAddressField(TextField):
    """The address of a page; https:// is put before it when it was left out."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"characters": 2000, **more})

    def to_python(self, value: str | None) -> str:
        """The address, only of the web: no other scheme is let through to a link."""
        address = super().to_python(value)
        if not address:
            return ""
        if "://" not in address and ":" not in address.partition("/")[0]:
            address = f"https://{address}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise self.refuse(f"Enter {self.what} in full, like https://example.org/data") from None
        return address


class LongTextField(Saying):
    """Many lines, limited in words or characters, or not at all."""

    def __init__(self, *, words: int = 0, characters: int = 0, rows: int = 8, **more: Any) -> None:
        self.words, self.characters = words, characters
        widget = LongTextWidget(rows, words=words, characters=characters)
        super().__init__(**{"widget": widget, **more})

    def to_python(self, value: str | None) -> str:
        """The text, cleaned; refused when it is over the limit, and still whole in the field."""
        text = clean_text(value or "").strip()
        limit, count, unit = (
            (self.words, len(text.split()), "words")
            if self.words
            else (self.characters or LONGEST, len(text), "characters")
        )
        if count > limit or len(text) > LONGEST:
            raise self.refuse(f"{self.starting} must be {limit:,} {unit} or fewer. It has {count:,}", "long")
        return text


class MarkdownField(LongTextField):
    """Many lines that may carry headings, lists and links; says the limit that every text has."""

    def __init__(self, **more: Any) -> None:
        hint = "Start a heading with ##, a list with *, and write a link as [words](https://example.org)."
        if not more.get("words") and not more.get("characters"):
            hint = f"{hint} Up to {LONGEST:,} characters."
        super().__init__(**{"rows": 16, "help_text": hint, **more})
