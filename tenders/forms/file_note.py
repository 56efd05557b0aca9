"""A note for the file."""

from collections.abc import Sequence
from typing import Any

from odifund.core import forms


class FileNoteForm(forms.Form):
    """A call, a mail or a meeting outside the portal, or another way to take part that was agreed."""

    kind = forms.ChoiceField(
        label="What it was",
        what="what it was",
        choices=[
            ("call", "A telephone call"),
            ("mail", "A letter or an e-mail"),
            ("meeting", "A meeting"),
            ("way", "Another way to take part was agreed, before the deadline"),
        ],
    )
    happened_at = forms.MomentField(
        label="When it happened",
        what="when it happened",
        help_text="London time, for example 22 9 2028, 4:10pm. When you note it is kept beside it.",
    )
    with_whom = forms.TextField(label="With whom", what="with whom", characters=160)
    what = forms.LongTextField(label="What was said", what="what was said", characters=8000, rows=6)
    corrects = forms.SelectField(label="Corrects", what="an earlier note", required=False)

    def __init__(self, *args: Any, numbers: Sequence[int], **more: Any) -> None:
        super().__init__(*args, **more)
        if numbers:
            notes = [(str(number), f"Note {number}") for number in numbers]
            self.fields["corrects"].choices = [("", "No earlier note"), *notes]  # type: ignore[attr-defined]
        else:
            del self.fields["corrects"]
