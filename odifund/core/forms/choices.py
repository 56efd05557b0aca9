"""Choosing: one of a few (radios), one of many (select), several (checkboxes), agreeing, scoring."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from odifund.core.forms.saying import Saying
from odifund.core.forms.widgets import ScaleWidget


class Labelled(str):
    """A choice's label that may have a hint under it."""

    __slots__ = ("hint",)
    hint: str


def choice(value: str, label: str, hint: str = "") -> tuple[str, Labelled]:
    """A choice with a hint: `choices=[choice("yes", "Yes", "What follows from yes")]`."""
    labelled = Labelled(label)
    labelled.hint = hint
    return value, labelled


def _from_the_list(what: str) -> str:
    """Django fills this message in with %, so a percent sign in a label is doubled."""
    return f"Choose {what} from the list".replace("%", "%%")


class ChoiceField(Saying, forms.ChoiceField):
    """One of a few, as radios."""

    asks = "Select"

    def __init__(self, *, inline: bool = False, **more: Any) -> None:
        super().__init__(**{"widget": forms.RadioSelect(), **more})
        self.widget.inline = inline
        self.error_messages["invalid_choice"] = _from_the_list(self.what)


class SelectField(ChoiceField):
    """One of many, from a list that opens."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": forms.Select(), **more})


class ChoicesField(Saying, forms.MultipleChoiceField):
    """Several, as checkboxes."""

    asks = "Select"

    def __init__(self, *, small: bool = False, **more: Any) -> None:
        super().__init__(**{"widget": forms.CheckboxSelectMultiple(), **more})
        self.widget.small = small
        self.error_messages["invalid_choice"] = _from_the_list(self.what)


class TickField(Saying, forms.BooleanField):
    """One checkbox. When it is required, `what` is the whole sentence that asks for the tick."""

    def __init__(self, *, what: str = "", **more: Any) -> None:
        super().__init__(what=what, **more)
        self.error_messages["required"] = what or f"Tick “{self.label}” to go on"


class ScoreField(ChoiceField):
    """A score; `levels` are (score, word, sentence). Gives an int, or None when left out."""

    def __init__(self, *, levels: Iterable[Sequence[Any]], **more: Any) -> None:
        choices = [choice(str(score), word, sentence) for score, word, sentence in levels]
        super().__init__(**{"choices": choices, "widget": ScaleWidget(), **more})
        lowest, highest = choices[0][0], choices[-1][0]
        for kind in ("required", "invalid_choice"):
            self.error_messages[kind] = f"Choose a score from {lowest} to {highest}"

    def clean(self, value: Any) -> int | None:
        score = super().clean(value)
        return int(score) if score else None
