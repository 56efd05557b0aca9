"""Proposing a later deadline."""

from collections.abc import Sequence
from typing import Any

from odifund.core import forms
from tenders.forms.public_words import PublicWords

MOVE, STAY = "move", "stay"


class ExtensionForm(PublicWords):
    """The new deadline, the reason everybody reads, and what becomes of the later dates."""

    to_at = forms.MomentField(
        label="The new deadline",
        what="the new deadline",
        help_text="Later than the present one. London time, for example 25 9 2028, 5pm",
    )
    later = forms.ChoiceField(
        label="The decision, the contracts, the start and what winners owe",
        what="what becomes of the later dates",
        choices=[
            forms.choice(
                MOVE,
                "Move by as many days as the deadline",
                "Each to a working day, in the same order. When it moves within its day, they stay",
            ),
            forms.choice(
                STAY, "Stay as they are", "Refused when the decision would come before the new deadline"
            ),
        ],
    )
    reason = forms.LongTextField(
        label="Why",
        what="why it is extended",
        characters=2000,
        rows=4,
        help_text="Everybody reads this in the notice and in the mail.",
    )
    incident = forms.SelectField(label="The incident", what="the incident", required=False)

    looks_through = ("reason",)

    def __init__(self, *args: Any, incidents: Sequence[tuple[int, str]], is_past: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["incident"]
        field.choices = [("", "No incident"), *incidents]  # type: ignore[attr-defined]
        field.required = is_past
        field.error_messages["required"] = "Choose the incident: the deadline has passed"
        if not incidents and not is_past:
            del self.fields["incident"]
