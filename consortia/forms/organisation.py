"""What an organisation is asked, and whom to add to it."""

from typing import Any

from consortia import queries
from odifund.core.forms import ChoiceField, EmailField, Form, TextField, TickField, WebAddressField


class OrganisationForm(Form):
    """An organisation's details."""

    name = TextField(
        label="Name of the organisation",
        characters=160,
        autocomplete="organization",
        help_text="As it signs contracts, for example “Middling District Council”.",
    )
    kind = ChoiceField(label="What kind of organisation is it?", what="what kind of organisation it is")
    in_uk = TickField(
        label="It is based in the UK",
        required=False,
        help_text="A tender can ask for a UK public sector organisation in each consortium.",
    )
    website = WebAddressField(label="Website", required=False, what="the address of the website")

    says_optional = True

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = queries.kinds()  # type: ignore[attr-defined]


class AddPersonForm(Form):
    """A colleague who has registered."""

    email = EmailField(
        label="Your colleague’s e-mail address",
        what="your colleague’s e-mail address",
        help_text="They register first, with their name and this address. Then you add them here.",
    )
