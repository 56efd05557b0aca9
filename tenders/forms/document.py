"""Adding a document to a tender, and replacing one."""

from collections.abc import Iterable
from typing import Any

from odifund.core import forms
from odifund.core.forms import sniffing
from tenders.forms.public_words import PublicWords

KINDS = (*sniffing.DOCUMENTS, *sniffing.SHEETS)
ACCESSIBLE = (
    forms.choice("yes", "Yes", "It has real headings, lists and tables, and words for its pictures."),
    forms.choice("no", "No, or I do not know", "The page says so, and whom to ask for another form of it."),
)


class FileForm(PublicWords):
    """A file, and whether everybody can read it."""

    file = forms.UploadField(label="File", what="the file", kinds=KINDS)
    is_accessible = forms.ChoiceField(
        label="Can everybody read this file, with a screen reader too?",
        what="whether everybody can read it",
        choices=ACCESSIBLE,
    )

    looks_through = ("title", "file", "note")

    def clean_is_accessible(self) -> bool:
        """Whether it is."""
        return bool(self.cleaned_data["is_accessible"] == "yes")


class ReplaceForm(FileForm):
    """A new version; of an open tender it says what changed."""

    note = forms.LongTextField(
        label="What changed",
        what="what changed",
        characters=500,
        rows=3,
        help_text="Everybody who watches reads it.",
    )

    def __init__(self, *sent: Any, is_public: bool, **more: Any) -> None:
        super().__init__(*sent, **more)
        if not is_public:
            del self.fields["note"]


class DocumentForm(FileForm):
    """A document and its file."""

    title = forms.TextField(label="Title", characters=120)
    kind = forms.SelectField(label="What it is", what="what it is")

    field_order = ("title", "kind", "file", "is_accessible")

    def __init__(self, *sent: Any, kinds: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*sent, **more)
        self.fields["kind"] = forms.SelectField(
            label="What it is", what="what it is", choices=[("", "Choose"), *kinds]
        )
