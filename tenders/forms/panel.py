"""Forms of the panel: who sits on it, interests, eligibility, scores, the decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from odifund.core import forms

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.http import QueryDict

    from odifund.core.models import Person
    from tenders.models import Declaration, ScaleStep
    from tenders.queries.ranking import Ranked

REASON, NOTE = 4000, 2000
PARTS = (
    forms.choice("evaluator", "Evaluator", "Scores every proposal alone, before seeing others’ scores"),
    forms.choice("moderator", "Moderator", "Records the scores that the panel agrees on"),
)


class NamePanellist(forms.Form):
    """Who joins the panel, and as what."""

    part = forms.ChoiceField(label="Part", what="evaluator or moderator", choices=PARTS)
    is_deputy = forms.TickField(
        label="As a deputy: scores or moderates only where others cannot", required=False
    )

    def __init__(self, data: "QueryDict | None", *, people: "Iterable[Person]") -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        choices = [("", "Choose somebody"), *((key, person.name) for key, person in self.people.items())]
        self.fields = {
            "person": forms.SelectField(label="Person", what="a person", choices=choices),
            **self.fields,
        }
        self.says_optional = False


@dataclass(frozen=True)
class InterestRow:
    """One organisation of the declaration: whether it is ticked, and the box for what the interest is."""

    key: UUID
    name: str
    is_ticked: bool
    words: "BoundField"
    standing: "Declaration | None"


class DeclareInterests(forms.Form):
    """A tick and its words for each organisation one has an interest in, and one word on all the others."""

    says_optional = False

    def __init__(
        self,
        data: "QueryDict | None",
        *,
        organisations: Mapping[UUID, str],
        before: "Mapping[UUID, Declaration]",
    ) -> None:
        super().__init__(data)
        self.organisations = organisations
        self.standing = {key: old for key, old in before.items() if old.conflict}
        self.fields["interests"] = forms.ChoicesField(
            label="Organisations you have an interest in",
            what="the organisations you have an interest in",
            choices=[(str(key), name) for key, name in organisations.items() if key not in self.standing],
            required=False,
        )
        for key, name in organisations.items():
            self.fields[f"words-{key}"] = forms.LongTextField(
                label=f"Your interest in {name}", characters=500, required=False
            )
        self.fields["others"] = forms.TickField(
            label="I have no interest in any organisation that I have not ticked",
            what="Say that you have no interest in the organisations you have not ticked",
        )

    def clean(self) -> dict[str, object]:
        """An interest has its words, and words have their tick."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        for row in self.rows:
            said = cleaned.get(f"words-{row.key}")
            if row.is_ticked and said == "":
                self.add_error(f"words-{row.key}", f"Say what your interest in {row.name} is")
            if said and not row.is_ticked and not row.standing:
                self.add_error(
                    f"words-{row.key}", f"Tick {row.name} too, or take out what you wrote about it"
                )
        return cleaned

    @property
    def rows(self) -> list[InterestRow]:
        """For the page: each organisation with its tick and its box."""
        ticked = set(self["interests"].value() or [])
        return [
            InterestRow(key, name, str(key) in ticked, self[f"words-{key}"], self.standing.get(key))
            for key, name in self.organisations.items()
        ]

    @property
    def answers(self) -> dict[UUID, tuple[bool, str]]:
        """For the action: what was declared before stands."""
        said = self.cleaned_data
        return {
            row.key: (True, row.standing.text)
            if row.standing
            else (row.is_ticked, str(said[f"words-{row.key}"]))
            for row in self.rows
        }


class RecordEligibility(forms.Form):
    """Pass or fail, with the reason."""

    eligible = forms.ChoiceField(
        label="Is the proposal eligible?",
        what="whether the proposal is eligible",
        choices=[
            forms.choice("yes", "Yes", "It meets every condition, so it is scored"),
            forms.choice("no", "No", "It fails a condition, so it is not scored"),
        ],
    )
    reason = forms.LongTextField(
        label="Reason: the bidder will read this",
        what="the reason",
        help_text="Needed when it is not eligible. Name the condition and the fact.",
        characters=REASON,
        rows=5,
        required=False,
    )
    says_optional = False

    def clean(self) -> dict[str, object]:
        """A fail has its reason."""
        cleaned: dict[str, object] = super().clean() or self.cleaned_data
        if cleaned.get("eligible") == "no" and cleaned.get("reason") == "":
            self.add_error("reason", "Say why the proposal is not eligible")
        return cleaned


class Scoring(forms.Form):
    """One score with its two boxes. What is missing can come later, unless `whole`."""

    says_optional = False

    def __init__(
        self,
        data: "QueryDict | None",
        *,
        scale: "Iterable[ScaleStep]",
        initial: dict[str, object],
        legend: str,
        whole: bool = False,
    ) -> None:
        super().__init__(data, initial=initial)
        levels = [(step.score, step.name, step.meaning) for step in scale]
        self.fields["score"] = forms.ScoreField(label=legend, levels=levels, required=whole)
        self.fields["reason"] = forms.LongTextField(
            label="Reason: the bidder will read this",
            what="the reason",
            help_text="Say what in the text led to the score.",
            characters=REASON,
            rows=6,
            required=whole,
        )
        self.fields["note"] = forms.LongTextField(
            label="Note: only the panel and the auditor (optional)",
            what="the note",
            help_text="The bidder never sees this box.",
            characters=NOTE,
            rows=3,
            required=False,
        )


class SettleHeld(forms.Form):
    """What becomes of a held proposal, and why."""

    says_optional = False
    outcome = forms.ChoiceField(
        label="What becomes of it?",
        what="what becomes of it",
        choices=[
            forms.choice("admitted", "Admit it", "It is read and evaluated as it stands, like the others"),
            forms.choice("left out", "Leave it out", "Nobody reads it, and it takes no further part"),
        ],
    )
    reason = forms.LongTextField(
        label="Reason: the bidder will read this",
        what="the reason",
        help_text="Say what you compared, such as the bidder’s own copy with its receipt.",
        characters=REASON,
        rows=6,
    )


class ProposeNoAward(forms.Form):
    """Why nothing is awarded."""

    reason = forms.LongTextField(
        label="Why nothing is awarded: this is published, and every bidder reads it",
        what="why nothing is awarded",
        help_text="Name no organisation and no proposal.",
        characters=REASON,
        rows=6,
    )


class ProposeAwards(forms.Form):
    """Which proposals to award, and why when that departs from the rule."""

    says_optional = False

    def __init__(self, data: "QueryDict | None", *, rows: "list[Ranked]", initial: dict[str, object]) -> None:
        super().__init__(data, initial=initial)
        choices = [(row.placed.candidate.key, row.version.title) for row in rows]
        self.fields["chosen"] = forms.ChoicesField(
            label="Proposals to award", what="the proposals to award", choices=choices
        )
        self.fields["departure_reason"] = forms.LongTextField(
            label="Why the choice departs from the rule: this is published",
            what="the reason for departing from the rule",
            help_text="Leave this empty when you award what the rule gives.",
            characters=REASON,
            rows=5,
            required=False,
        )

    @property
    def keys(self) -> list[UUID]:
        """The chosen proposals."""
        return [UUID(key) for key in self.cleaned_data["chosen"]]
