"""Proposing to admit a late attempt."""

from collections.abc import Sequence
from typing import Any

from odifund.core import forms


class AdmissionForm(forms.Form):
    """The incident that made the portal late, and why it was the portal's fault."""

    incident = forms.SelectField(label="The incident", what="the incident")
    reason = forms.LongTextField(
        label="Why the portal was at fault",
        what="why the portal was at fault",
        characters=2000,
        rows=5,
        help_text="It stays on record. Do not guess who the bidder is.",
    )

    def __init__(self, *args: Any, incidents: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [("", "Choose the incident"), *incidents]
        self.fields["incident"].choices = choices  # type: ignore[attr-defined]
