"""Handing in words or a file: the halfway review, the report with its prototype, and something else."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms


class Words(forms.Form):
    """Words, a file, or both."""

    text = forms.MarkdownField(label="What you did so far", required=False)
    file = forms.UploadField(label="File", required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        cleaned = super().clean() or {}
        if not {"text", "file"} & set(self.errors) and not cleaned.get("text") and not cleaned.get("file"):
            self.add_error("text", "Write the text, or choose a file")
        return cleaned


class Anything(Words):
    """What the tender asks for in its own words."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"].label = "What you deliver, in words"


class Report(Words):
    """A report: what was done and learned, and what was tried out."""

    what = forms.LongTextField(label="What you tried out", what="what you tried out", characters=4000, rows=5)
    tried_by = forms.LongTextField(
        label="Who tried it",
        what="who tried it",
        help_text="How many people, in what kind of place. Name nobody who could be recognised.",
        characters=2000,
        rows=3,
    )
    worked = forms.LongTextField(label="What worked", what="what worked", characters=4000, rows=5)
    did_not_work = forms.LongTextField(
        label="What did not work",
        what="what did not work",
        help_text="The next council starts further on because of this.",
        characters=4000,
        rows=5,
    )
    address = forms.WebAddressField(
        label="Where the prototype or its code can be seen", what="the address", required=False
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"].label = "What you did, how you went about it, and what you learned"

    def layout(self) -> Any:
        """The report, then the prototype under a heading of its own."""
        prototype = forms.Group("The prototype", "what", "tried_by", "worked", "did_not_work", "address")
        return Layout("text", "file", prototype)


BY_KIND: Mapping[str, type[Words]] = {"report": Report, "other": Anything}
"""The forms of kinds that are handed in with words; of the others `Words`."""
