"""Who comes to the workshop, and who came."""

from typing import Any

from odifund.core import forms


class Coming(forms.Form):
    """Somebody who comes."""

    name = forms.TextField(label="Name", what="the name", characters=120, width=20)
    is_lead = forms.TickField(label="Speaks for the lead", required=False)
    needs = forms.TextField(
        label="What they need",
        help_text="Access and food. Only the organisers and your consortium see this.",
        characters=300,
        required=False,
    )


class Attendance(forms.Form):
    """Who came; `people` are (key, name) of who was announced."""

    came = forms.ChoicesField(label="Who came?", what="everybody who came", choices=[])

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["came"].choices = people  # type: ignore[attr-defined]
        self.fields["came"].error_messages["required"] = (
            "Tick everybody who came. If nobody did, agree another day first"
        )
