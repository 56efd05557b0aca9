"""What an organisation is asked, and whom to add to it."""

from typing import Any

from crispy_forms.layout import Layout

from consortia import queries
from consortia.schemes import NotANumber, number_of
from odifund.core.forms import (
    ChoiceField,
    EmailField,
    Form,
    SelectField,
    TextField,
    TickField,
    WebAddressField,
)

ABROAD = "abroad"


class OrganisationForm(Form):
    """An organisation's details."""

    name = TextField(
        label="Name of the organisation",
        characters=160,
        autocomplete="organization",
        help_text="As it signs contracts, for example “Middling District Council”.",
    )
    kind = ChoiceField(label="What kind of organisation is it?", what="what kind of organisation it is")
    scheme = SelectField(label="Which register is it in?", what="the register", required=False)
    number = TextField(
        label="Its number there",
        what="its number there",
        width=10,
        characters=40,
        required=False,
        help_text="With all its zeros, like 01234567. Councils have a short code of letters.",
        autocomplete="off",
    )
    region = SelectField(
        label="Where is it based?",
        what="where it is based",
        help_text="A tender can ask for a UK public sector organisation in each consortium.",
    )
    size = SelectField(label="How large is it?", what="how large it is")
    website = WebAddressField(label="Website", required=False, what="the address of the website")
    another = TickField(label="It is another organisation of the same name", required=False)

    says_optional = True
    is_there = False
    """Whether one of this name is here, so that the form asks whether it is another."""
    is_another = False

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        nothing = [("", "")]
        self._offer("kind", queries.kinds())
        self._offer("scheme", [("", "None of these"), *queries.registers()])
        self._offer("region", nothing + queries.regions())
        self._offer("size", nothing + queries.sizes())

    def layout(self) -> Layout:
        """Whether it is another is only asked where there is one."""
        return Layout(*(name for name in self.fields if name != "another" or self.is_there))

    def _offer(self, field: str, choices: list[tuple[str, str]]) -> None:
        self.fields[field].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A number goes with its register, and looks like one of it."""
        cleaned = super().clean() or {}
        scheme, number = cleaned.get("scheme", ""), cleaned.get("number", "")
        if scheme and number:
            try:
                cleaned["number"] = number_of(scheme, number)
            except NotANumber as wrong:
                self.add_error("number", str(wrong))
        elif scheme and "number" in cleaned:
            self.add_error("number", "Enter its number in the register, or choose “None of these”")
        elif number and "scheme" in cleaned:
            self.add_error("scheme", "Choose the register that the number is from")
        self.is_another = cleaned.pop("another", False)
        cleaned["in_uk"] = cleaned.get("region") != ABROAD
        return cleaned


class AddPersonForm(Form):
    """A colleague, registered or not."""

    email = EmailField(
        label="Your colleague’s e-mail address",
        what="your colleague’s e-mail address",
        help_text="They sign in with a code sent to it.",
    )
    name = TextField(
        label="Their name",
        what="their name",
        characters=120,
        width=30,
        required=False,
        autocomplete="off",
        help_text="If they have not registered yet. They can change it.",
    )


class HandOverForm(AddPersonForm):
    """Who takes over from the only person."""

    email = EmailField(
        label="E-mail address of who takes over",
        what="the address of who takes over",
        help_text="They sign in with a code sent to it, and speak for the organisation from now on.",
    )


class AskToJoinForm(Form):
    """What the people of the organisation are told about who asks."""

    words = TextField(
        label="What do you do there?",
        what="what you do there",
        characters=300,
        help_text="Its people read this beside your name and e-mail address.",
    )


class DecideForm(Form):
    """An administrator's decision about a request that nobody answered."""

    answer = ChoiceField(
        label="What do you decide?",
        what="what you decide",
        choices=[("admit", "Add them to the organisation"), ("turn_down", "Do not add them")],
    )
    reason = TextField(
        label="Why, and how did you check?",
        what="the reason",
        characters=500,
        help_text="The person, the organisation’s people and the trail are told this.",
    )
