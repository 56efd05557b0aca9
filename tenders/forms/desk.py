"""Looking for a tender: in the list of the fund, and in the public one."""

from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms

STATUSES = (
    ("draft", "Draft"),
    ("published", "Open"),
    ("closed", "Closed"),
    ("opened", "Being scored"),
    ("decided", "Decided"),
    ("delivery", "In delivery"),
    ("finished", "Finished"),
    ("cancelled", "Withdrawn or cancelled"),
    ("practice", "Practice"),
)
"""As the tags in the list say them; and what is only practised with."""


class LookingForTenders(forms.Form):
    """Words of its title, programme or reference, and where it stands. A programme is a link in a row."""

    says_optional = False

    q = forms.TextField(
        label="Title, programme or reference", what="your search", characters=100, required=False
    )
    programme = forms.TextField(label="Programme", characters=60, required=False)
    status = forms.SelectField(
        label="Where it stands", what="where it stands", required=False, choices=[("", "Anywhere"), *STATUSES]
    )

    def layout(self) -> Layout:
        """Beside each other, as one line."""
        return Layout(forms.Side("q", "status"))

    def looked_for(self) -> dict[str, Any]:
        """What was asked for."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class LookingForRounds(forms.Form):
    """Words of a tender's title, its programme or its reference."""

    q = forms.TextField(label="Search the tenders", what="your search", characters=100, required=False)

    def looked_for(self) -> str:
        """What was asked for; nothing where it cannot be looked for."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
