"""Looking for a tender in the staff's list."""

from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms

STATUSES = (
    ("draft", "Draft"),
    ("published", "Open"),
    ("closed", "Closed"),
    ("opened", "Being scored"),
    ("decided", "In delivery"),
    ("finished", "Finished"),
)
"""As the tags in the list say them."""


class LookingForTenders(forms.Form):
    """Words of its title, its programme or its reference, and where it stands."""

    says_optional = False

    q = forms.TextField(
        label="Title, programme or reference", what="your search", characters=100, required=False
    )
    status = forms.SelectField(label="Where it stands", required=False, choices=[("", "Anywhere"), *STATUSES])

    def layout(self) -> Layout:
        """Beside each other, as one line."""
        return Layout(forms.Side("q", "status"))

    def looked_for(self) -> dict[str, Any]:
        """What was asked for."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
