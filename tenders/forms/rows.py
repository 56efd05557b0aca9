"""One criterion, section or deliverable of a draft, and the scale."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms


class CriterionForm(forms.Form):
    """What proposals are judged by."""

    title = forms.TextField(label="Criterion", what="the criterion", characters=100)
    guidance = forms.LongTextField(
        label="What the panel looks for", what="what the panel looks for", words=80, rows=4, required=False
    )
    weight = forms.WholeNumberField(
        label="Weight", minimum=1, maximum=100, help_text="The weights of all criteria add to 100."
    )


class SectionForm(forms.Form):
    """One text a proposal answers with."""

    title = forms.TextField(label="Title of the section", characters=100)
    guidance = forms.LongTextField(
        label="What to write", what="what to write", words=200, rows=5, required=False
    )
    word_limit = forms.WholeNumberField(label="Word limit", minimum=10, maximum=5000, suffix="words")
    criterion = forms.SelectField(label="Judged under", what="a criterion", required=False)
    required = forms.TickField(label="Every proposal has to answer it", required=False)
    says_optional = False

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["criterion"].choices = [("", "No one criterion"), *choices]  # type: ignore[attr-defined]


class OwedForm(forms.Form):
    """A deliverable each contract will owe. Its kind is chosen once."""

    kind = forms.SelectField(label="Kind")
    title = forms.TextField(label="What is owed", what="what is owed", characters=160)
    guidance = forms.LongTextField(
        label="What it has to hold", what="what it has to hold", words=150, rows=4, required=False
    )
    due_at = forms.MomentField(
        label="When it is due",
        what="when it is due",
        required=False,
        help_text="London time, for example 15 2 2028, 5pm",
    )
    at_least = forms.WholeNumberField(label="How many, at least", what="how many", minimum=1, maximum=20)
    payment_percent = forms.WholeNumberField(
        label="Part of the price paid for it",
        what="the part of the price",
        minimum=0,
        maximum=100,
        suffix="per cent",
        help_text="0 when nothing is paid for it. All payments add to 100.",
    )
    says_optional = False

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        if choices:
            self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]


class ScaleForm(forms.Form):
    """What each score from 0 to 5 means."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for score in range(6):
            self.fields[f"name_{score}"] = forms.TextField(
                label=f"Word for {score}", what=f"a word for the score {score}", characters=40, width=20
            )
            self.fields[f"meaning_{score}"] = forms.TextField(
                label=f"What {score} means", what=f"what the score {score} means", characters=300
            )

    def layout(self) -> Layout:
        """A group a score."""
        return Layout(
            *(forms.Group(f"Score {score}", f"name_{score}", f"meaning_{score}") for score in range(6))
        )

    @property
    def steps(self) -> Mapping[int, tuple[str, str]]:
        """(word, meaning) by score."""
        typed = self.cleaned_data
        return {score: (typed[f"name_{score}"], typed[f"meaning_{score}"]) for score in range(6)}
