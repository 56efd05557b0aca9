"""Recording an incident."""

from collections.abc import Sequence
from typing import Any

from odifund.core import forms


class IncidentForm(forms.Form):
    """What happened, from when to when, and who noticed."""

    what = forms.LongTextField(
        label="What happened",
        what="what happened",
        characters=4000,
        rows=5,
        help_text="Name no bidder: the observer reads this too.",
    )
    began_at = forms.MomentField(
        label="When it began", what="when it began", help_text="London time, for example 22 9 2028, 4:10pm"
    )
    ended_at = forms.MomentField(
        label="When it ended",
        what="when it ended",
        required=False,
        help_text="Leave it empty while it goes on.",
    )
    noticed_by = forms.TextField(label="Who noticed", what="who noticed", characters=160)
    corrects = forms.SelectField(label="Corrects or continues", what="an earlier entry", required=False)

    def __init__(self, *args: Any, numbers: Sequence[int], **more: Any) -> None:
        super().__init__(*args, **more)
        if numbers:
            entries = [(str(number), f"Incident {number}") for number in numbers]
            self.fields["corrects"].choices = [("", "No earlier entry"), *entries]  # type: ignore[attr-defined]
        else:
            del self.fields["corrects"]
