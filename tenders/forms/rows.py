"""One criterion, section or deliverable of a draft, and the scale."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from odifund.core import forms

LONGEST_ANSWER = 120
"""Characters of one answer of a choice: it is read beside a radio button."""


class CriterionForm(forms.Form):
    """What proposals are judged by."""

    title = forms.TextField(label="Criterion", what="the criterion", characters=100)
    guidance = forms.LongTextField(
        label="What the panel looks for", what="what the panel looks for", words=80, rows=4, required=False
    )
    kind = forms.ChoiceField(
        label="What it is about",
        what="what it is about",
        inline=True,
        choices=[forms.choice("quality", "Quality"), forms.choice("value", "Value for the money")],
    )
    weight = forms.WholeNumberField(
        label="Weight", minimum=1, maximum=100, help_text="The weights of all criteria add to 100."
    )
    least_score = forms.WholeNumberField(
        label="Least score",
        what="the least score",
        minimum=1,
        maximum=5,
        required=False,
        help_text="A proposal with a lower agreed score is not awarded, whatever its total. Leave it empty"
        " where nothing is needed.",
    )
    says_optional = False


class SectionForm(forms.Form):
    """One thing a proposal answers with."""

    title = forms.TextField(label="Title of the section", characters=100)
    guidance = forms.LongTextField(
        label="What to answer", what="what to answer", words=200, rows=5, required=False
    )
    kind = forms.ChoiceField(
        label="How it is answered",
        what="how it is answered",
        choices=[
            forms.choice("text", "With a text", "Words are counted against a limit, and never cut."),
            forms.choice("choice", "By choosing one of several answers", "You write the answers."),
            forms.choice("number", "With a whole number", "For example, how many people live there."),
            forms.choice("files", "With files", "A drawing or a letter that the section asks for."),
        ],
    )
    word_limit = forms.WholeNumberField(
        label="Word limit of a text",
        what="the word limit",
        minimum=10,
        maximum=5000,
        suffix="words",
        required=False,
    )
    options = forms.LongTextField(
        label="Answers to choose from",
        what="the answers",
        rows=4,
        required=False,
        help_text="One on each line, at least two.",
    )
    unit = forms.TextField(
        label="What the number counts",
        what="what the number counts",
        characters=40,
        width=20,
        required=False,
        help_text="It stands after the box. For example, residents",
    )
    criterion = forms.SelectField(label="Judged under", what="a criterion", required=False)
    required = forms.TickField(label="Every proposal has to answer it", required=False)
    says_optional = False
    of_kinds: ClassVar[dict[str, str]] = {"text": "word_limit", "choice": "options", "number": "unit"}
    """What a kind of answer needs beside its title."""

    def layout(self) -> Layout:
        """What a kind of answer needs, under it."""
        rest = [name for name in self.fields if name not in {"title", "guidance", "kind"}]
        rest = [name for name in rest if name not in self.of_kinds.values()]
        return Layout("title", "guidance", forms.Reveal("kind", **self.of_kinds), *rest)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["criterion"].choices = [("", "No one criterion"), *choices]  # type: ignore[attr-defined]
        if isinstance(self.initial.get("options"), list):
            self.initial["options"] = "\n".join(self.initial["options"])

    def clean_options(self) -> list[str]:
        """The answers, a line each; the same answer twice is one."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["options"].splitlines())
        answers = list(dict.fromkeys(line for line in lines if line))
        if longest := next((each for each in answers if len(each) > LONGEST_ANSWER), None):
            most = f"Each answer must be {LONGEST_ANSWER} characters or fewer"
            raise ValidationError(f"{most}. “{longest[:30]}…” has {len(longest)}")
        return answers

    def clean(self) -> dict[str, Any]:
        """What the chosen kind of answer cannot do without; what it does not use may stand there unread."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        for of, name in self.of_kinds.items():
            if of != kind:  # it may be hidden under another choice, where nobody would find what is wrong
                self.errors.pop(name, None)
                cleaned.pop(name, None)
        limit = cleaned.get("word_limit")
        if kind == "text" and limit is None and "word_limit" not in self.errors:
            self.add_error("word_limit", "Enter the word limit")
        if kind == "choice" and len(cleaned.get("options", ())) < 2 and "options" not in self.errors:
            self.add_error("options", "Enter at least two answers, one on each line")
        return {"options": [], "unit": "", **cleaned, "word_limit": limit or 0}


class OwedForm(forms.Form):
    """A deliverable each contract will owe. Its kind is chosen once."""

    kind = forms.SelectField(
        label="Kind",
        help_text="“Something else” can stand on the list more than once. A consortium hands in a text or a"
        " file for it, which is not published.",
    )
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
