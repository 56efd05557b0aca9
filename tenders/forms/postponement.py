"""Putting off dates of a published tender."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms
from odifund.core.wording import moment_or_day
from tenders.forms.public_words import PublicWords
from tenders.queries.postponement import Movable


class PostponementForm(PublicWords):
    """Each date that can be put off, as it stands, and why."""

    why = forms.LongTextField(
        label="Why they move",
        what="why they move",
        characters=2000,
        rows=3,
        help_text="Everybody reads it, with the dates before and after.",
    )
    says_optional = False
    looks_through = ("why",)

    def __init__(self, *args: Any, movable: Sequence[Movable], **more: Any) -> None:
        super().__init__(*args, **more)
        for each in movable:
            self.initial[each.name] = each.when
            kind = forms.MomentField if isinstance(each.when, datetime) else forms.DateField
            self.fields[each.name] = kind(
                label=each.what,
                what=f"the date of “{each.what}”",
                help_text=f"Now {moment_or_day(each.when, each.by_day)}",
            )
        self.order_fields([*(each.name for each in movable), "why"])

    def layout(self) -> Layout:
        """The dates in the order of the timetable, the reason last, and what is asked about it."""
        return Layout(*self.fields)

    def dates(self) -> dict[str, Any]:
        """What was entered, by the names of the dates."""
        return {name: when for name, when in self.cleaned_data.items() if name != "why"}
