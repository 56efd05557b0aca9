"""Looking for patterns: words, and boxes to tick."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Layout

from deliverables.queries.search import Facet
from odifund.core import forms


class Looking(forms.Form):
    """The filters; each choice says how many patterns it has."""

    says_optional = False

    q = forms.TextField(label="Search the patterns", what="your search", characters=200, required=False)

    def __init__(self, *args: Any, facets: Iterable[Facet], **more: Any) -> None:
        super().__init__(*args, **more)
        for facet in facets:
            choices = [(value, f"{words} ({count})") for value, words, count in facet.choices]
            self.fields[facet.name] = forms.ChoicesField(
                label=facet.label, choices=choices, required=False, small=True
            )

    def layout(self) -> Any:
        """The boxes; the words have a field of their own above."""
        return Layout(*(name for name in self.fields if name != "q"))

    def looked_for(self) -> dict[str, Any]:
        """What was asked for; a box that is not there is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
