"""Putting one's name to a contract: a tick and a button, for either side."""

from odifund.core import forms


class Agreement(forms.Form):
    """The lead's people accept the terms, or the ODI's countersign them."""

    agreed = forms.TickField(label="I have read the terms and may sign for my organisation")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["agreed"].error_messages["required"] = "Tick that you have read the terms and may sign"
