"""Taking part: leading, inviting, answering an invitation, naming people."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from odifund.core.forms import ChoiceField, EmailField, Form, SelectField, TextField

if TYPE_CHECKING:
    from consortia.models import Organisation
    from odifund.core.models import Person


WORKS = "works"  # what most people who are named do


def consortium_name() -> TextField:
    """The field of a consortium's name."""
    return TextField(
        label="Name of the consortium",
        characters=160,
        help_text="What you call yourselves together. You can change it until proposals close.",
    )


class _WithOrganisation(Form):
    """Chooses one of the person's organisations; clean data give the organisation itself."""

    def __init__(self, organisations: Iterable["Organisation"], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._by_key = {str(each.pk): each for each in organisations}
        choices = [(key, each.name) for key, each in self._by_key.items()]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organisation"].initial = choices[0][0]

    def clean_organisation(self) -> "Organisation":
        """The organisation that was chosen."""
        return self._by_key[self.cleaned_data["organisation"]]


class TakePartForm(_WithOrganisation):
    """Who leads, what the consortium is called, and what it would propose."""

    organisation = ChoiceField(
        label="Which organisation leads?",
        what="the organisation that leads",
        help_text="The ODI contracts with the lead, and pays the lead alone.",
    )
    name = consortium_name()
    title = TextField(
        label="Working title of the proposal",
        characters=120,
        help_text="What you would prototype, in a few words. You can change it later.",
    )


class JoinForm(_WithOrganisation):
    """With which organisation to accept."""

    organisation = ChoiceField(
        label="Which organisation joins?", what="the organisation that joins the consortium"
    )


class RenameForm(Form):
    """The consortium's name."""

    name = consortium_name()


class InviteForm(Form):
    """Whom to invite."""

    organisation_name = TextField(label="Name of the organisation", characters=160)
    email = EmailField(
        label="E-mail address of somebody there",
        what="the e-mail address of somebody there",
        help_text="They get a link. They answer it, or a colleague with an address at the same place.",
    )


class PartForm(Form):
    """What somebody named does; `parts` are those that their organisation can give."""

    part = ChoiceField(
        label="What do they do?",
        what="what they do",
        help_text="Everybody named sees the proposal. A reader’s approval of the price lapses "
        "when the price changes.",
    )

    def __init__(self, parts: Iterable[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["part"].choices = list(parts)  # type: ignore[attr-defined]

    @property
    def said(self) -> str:
        """The chosen part, as it goes on a sentence."""
        words = dict(self.fields["part"].choices)[self.cleaned_data["part"]]  # type: ignore[attr-defined]
        return f"{words[:1].lower()}{words[1:]}"


class NamePersonForm(PartForm):
    """Which colleague, and what they do."""

    person = SelectField(label="Name a colleague", what="the colleague to name")
    field_order = ("person", "part")

    def __init__(
        self, people: Iterable["Person"], parts: Iterable[tuple[str, str]], *args: Any, **more: Any
    ) -> None:
        super().__init__(parts, *args, **more)
        self.fields["part"].initial = WORKS
        self._by_key = {str(person.pk): person for person in people}
        choices = [("", "Choose a colleague"), *((key, str(each)) for key, each in self._by_key.items())]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    def clean_person(self) -> "Person":
        """The colleague that was chosen."""
        return self._by_key[self.cleaned_data["person"]]

    @property
    def is_needed(self) -> bool:
        """Whether there is anybody to choose."""
        return bool(self._by_key)


def auto_id(member: UUID) -> str:
    """Each member's form on one page has ids of its own."""
    return f"id_{member.hex[:8]}_%s"
