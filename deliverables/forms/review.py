"""Staff's answer to a delivery."""

from typing import Any

from odifund.core import forms


class Answer(forms.Form):
    """Accepted, or returned with comments: two buttons, one box."""

    comments = forms.LongTextField(
        label="Your comments",
        help_text="The consortium will read this. To return it, say what has to change.",
        characters=8000,
        required=False,
    )

    @property
    def accepts(self) -> bool:
        """Which of the two buttons was pressed."""
        return bool(self.data.get("answer") == "accept")

    def clean(self) -> dict[str, Any]:
        """Nothing is returned without a word, and nothing is answered by neither button."""
        cleaned = super().clean() or {}
        if self.data.get("answer") not in {"accept", "return"}:
            self.add_error("comments", "Choose whether you accept it or return it")
        elif not self.accepts and not self.errors and not cleaned.get("comments"):
            self.add_error("comments", "Say what has to change before you return it")
        return cleaned
