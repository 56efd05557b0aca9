"""Inputs as people's hands know them: text boxes for sums, days and dates, and a scale to score on.

None of them cuts what is typed and none is of type number or date: a wrong entry comes back as it was
typed, with a message. The markup is the template pack's; a widget here only says which inputs there
are and what they hold.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from odifund.core import wording


class TextWidget(forms.TextInput):
    """One line. `width` is how many characters it looks wide: 2, 3, 4, 5, 10, 20, 30, or 0 for all."""

    prefix = ""
    suffix = ""

    def __init__(self, width: int = 0, **attrs: str) -> None:
        size = {"class": f"govuk-input--width-{width}"} if width else {}
        super().__init__({**size, **{name.replace("_", "-"): value for name, value in attrs.items()}})


class MoneyWidget(TextWidget):
    """Pounds, after a pound sign."""

    prefix = "£"

    def __init__(self, width: int = 10) -> None:
        super().__init__(width, inputmode="decimal", spellcheck="false", autocomplete="off")


class NumberWidget(TextWidget):
    """A number as text: no arrows, no scroll wheel, nothing refused while typing."""

    def __init__(self, width: int = 4, *, whole: bool = False, suffix: str = "") -> None:
        self.suffix = suffix
        super().__init__(
            width, inputmode="numeric" if whole else "decimal", spellcheck="false", autocomplete="off"
        )


class LongTextWidget(forms.Textarea):
    """Many lines, with a count of words or characters that counts and never cuts."""

    def __init__(self, rows: int = 8, *, words: int = 0, characters: int = 0) -> None:
        self.words, self.characters = words, characters
        super().__init__({"rows": rows})

    @property
    def limit(self) -> str:
        """600 words; 8,000 characters."""
        return f"{self.words:,} words" if self.words else f"{self.characters:,} characters"


class ScaleWidget(forms.RadioSelect):
    """Scores: each row is the radio, its figure and what it means."""


class UploadWidget(forms.FileInput):
    """A file. What may be sent is said before it is chosen."""


class UploadsWidget(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[Any]:
        """Each that was sent."""
        return files.getlist(name)


class Boxes(forms.MultiWidget):
    """Several small boxes for one answer: the parts of a date."""

    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()

    def __init__(self) -> None:
        super().__init__(
            {
                name: forms.TextInput(
                    {
                        "inputmode": "numeric",
                        "class": f"govuk-input govuk-date-input__input govuk-input--width-{size}",
                    }
                )
                for name, size in zip(self.names, self.sizes, strict=True)
            }
        )


class DateWidget(Boxes):
    """Day, month, year."""

    names = ("day", "month", "year")
    labels = ("Day", "Month", "Year")
    sizes = (2, 2, 4)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class MomentWidget(Boxes):
    """Day, month, year and time of day, in London time."""

    names = ("day", "month", "year", "time")
    labels = ("Day", "Month", "Year", "Time")
    sizes = (2, 2, 4, 5)

    def __init__(self) -> None:
        super().__init__()
        self.widgets[3].attrs.pop("inputmode")

    def decompress(self, value: datetime | None) -> list[str]:
        if not value:
            return ["", "", "", ""]
        local = wording.in_london(value)
        return [str(local.day), str(local.month), str(local.year), wording.time_of_day(value)]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        """The boxes as typed; a time left out is empty, not missing."""
        values: list[str | None] = super().value_from_datadict(data, files, name)
        return [value or "" for value in values]
