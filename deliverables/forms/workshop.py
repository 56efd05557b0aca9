"""Who comes to the workshop, and who came."""

from typing import Any

from django.core.exceptions import ValidationError

from odifund.core import forms

LONGEST_NAME = 120


class Coming(forms.Form):
    """Somebody who comes."""

    name = forms.TextField(label="Name", what="the name", characters=LONGEST_NAME, width=20)
    is_lead = forms.TickField(label="Speaks for the lead", required=False)
    needs = forms.TextField(
        label="What they need",
        help_text="Access and food. Only the organisers and your consortium see this.",
        characters=300,
        required=False,
    )


class Attendance(forms.Form):
    """Who came: ticks for who was announced (`people`, as key and name), names of who was not."""

    came = forms.ChoicesField(
        label="Who of them came?", what="everybody who came", choices=[], required=False
    )
    of_lead = forms.LongTextField(
        label="Who else came for the lead?",
        what="the names",
        help_text="Who was not announced. One name on a line.",
        rows=2,
        required=False,
    )
    of_members = forms.LongTextField(
        label="Who else came for the other organisations?",
        what="the names",
        help_text="One name on a line.",
        rows=3,
        required=False,
    )

    says_optional = False

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["came"].choices = people  # type: ignore[attr-defined]
        if not people:
            del self.fields["came"]

    def clean_of_lead(self) -> list[str]:
        """Each name once."""
        return self._names("of_lead")

    def clean_of_members(self) -> list[str]:
        """Each name once."""
        return self._names("of_members")

    def clean(self) -> dict[str, Any]:
        """Somebody came, or there is nothing to record."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            field = "came" if "came" in self.fields else "of_lead"
            self.add_error(field, "Say who came. If nobody did, agree another day, and record that")
        return cleaned

    def _names(self, field: str) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data[field].splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(f"Enter each name in {LONGEST_NAME} characters or fewer, one on a line")
        return list(dict.fromkeys(name for name in names if name))
