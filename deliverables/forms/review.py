"""Staff's answer to a delivery."""

from datetime import date, timedelta
from typing import Any

from odifund.core import calendar, forms

WEEK = timedelta(days=7)


class Answer(forms.Form):
    """Accepted, or returned with comments to answer by a day: two buttons, one box, one date."""

    says_optional = False  # which of them may stay empty depends on the button

    comments = forms.LongTextField(
        label="Your comments",
        what="your comments",
        help_text="The consortium will read this. To return it, say what has to change.",
        characters=8000,
        required=False,
    )
    answer_by = forms.DateField(
        label="Answer by",
        what="the day to answer by",
        help_text="If you return it. The consortium is reminded, and from that day it is overdue.",
        required=False,
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        self.today = today
        initial = {"answer_by": calendar.on_or_after(today + WEEK)}
        super().__init__(*args, **{"initial": initial, **more})

    @property
    def accepts(self) -> bool:
        """Which of the two buttons was pressed."""
        return bool(self.data.get("answer") == "accept")

    def clean(self) -> dict[str, Any]:
        """Nothing is returned without a word and a day, and nothing is answered by neither button."""
        cleaned = super().clean() or {}
        if self.data.get("answer") not in {"accept", "return"}:
            self.add_error("comments", "Choose whether you accept it or return it")
        elif self.accepts:
            self.errors.pop("answer_by", None)  # it is asked for a return alone
        else:
            self._check_return(cleaned)
        return cleaned

    def _check_return(self, cleaned: dict[str, Any]) -> None:
        if "comments" in cleaned and not cleaned["comments"]:
            self.add_error("comments", "Say what has to change before you return it")
        if "answer_by" in cleaned:
            if cleaned["answer_by"] is None:
                self.add_error("answer_by", "Enter the day to answer by")
            elif cleaned["answer_by"] <= self.today:
                self.add_error("answer_by", "The day to answer by must be later than today")
