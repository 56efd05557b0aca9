"""Writing a pattern, an artefact or a learning tool."""

from typing import Any

from crispy_forms.layout import Layout

from deliverables.queries.library import KINDS, LICENCES, MODELS
from odifund.core import forms


class Writing(forms.Form):
    """What others need to know to use it. The licence is open, always."""

    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    title = forms.TextField(label="Title", characters=120)
    delivery_model = forms.ChoiceField(label="Model of delivery", choices=MODELS)
    summary = forms.TextField(
        label="Summary", help_text="The problem and the idea, in one or two sentences.", characters=300
    )
    problem = forms.MarkdownField(label="Problem", rows=6)
    solution = forms.MarkdownField(label="How it works", what="how it works", rows=12)
    worked = forms.MarkdownField(label="What worked", what="what worked", rows=5)
    did_not_work = forms.MarkdownField(label="What did not work", what="what did not work", rows=5)
    tried_by = forms.TextField(
        label="Who tried it",
        help_text="For example “41 tenants in two councils”.",
        characters=160,
        what="who tried it",
    )
    authors = forms.LongTextField(
        label="Makers",
        help_text="As they are to be named when somebody cites it, one on a line.",
        characters=300,
        rows=3,
    )
    licence = forms.ChoiceField(label="Licence", choices=LICENCES)
    file = forms.UploadField(label="File to take along", required=False)

    def layout(self) -> Any:
        """What it is, what it says, who made it."""
        return Layout(
            forms.Group("What it is", "kind", "title", "delivery_model", "summary"),
            forms.Group("What it says", "problem", "solution", "worked", "did_not_work", "tried_by"),
            forms.Group("Who made it, and how others may use it", "authors", "licence", "file"),
        )
