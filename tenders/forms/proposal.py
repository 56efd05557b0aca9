"""The forms of a draft: its title, its texts, its costs, its files, and the key of the check page."""

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from crispy_forms.layout import Layout
from django import forms as django_forms

from odifund.core import forms
from odifund.core.forms.saying import clean_text
from odifund.core.forms.texts import LONGEST

if TYPE_CHECKING:
    from tenders.models import Section


MOST = 999_999_999
"""The greatest number a section is answered with."""


class TitleForm(forms.Form):
    """What the proposal is called, and which model of delivery it follows."""

    title = forms.TextField(
        label="Title of the proposal",
        what="the title",
        characters=120,
        help_text="People read it in lists, in mails and on the receipt.",
    )
    delivery_model = forms.ChoiceField(
        label="Model of delivery",
        what="the model of delivery",
        required=False,
        choices=[
            forms.choice(
                "information", "More information for citizens", "Data helps people to choose, plan or check."
            ),
            forms.choice(
                "others", "Others deliver part of the service", "Data lets another organisation serve people."
            ),
            forms.choice("other", "Another model", "Say in your texts what it is."),
        ],
    )


class DraftTextField(forms.LongTextField):
    """Long text of a draft: over its limit it is counted, said and still saved, for nothing is cut."""

    def to_python(self, value: str | None) -> str:
        """The text, cleaned."""
        text = clean_text(value or "").strip()
        if len(text) > LONGEST:
            raise self.refuse(
                f"{self.starting} has {len(text):,} characters. We can keep {LONGEST:,}", "long"
            )
        return text


class SectionForm(forms.Form):
    """One section's text and the revision that it was written on."""

    says_optional = False
    base_revision = django_forms.IntegerField(min_value=0, widget=django_forms.HiddenInput)

    def __init__(self, *args: Any, section: "Section", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["text"] = _answer(section)

    def layout(self) -> Layout:
        """The answer alone, under the heading of the page; the revision is hidden."""
        return Layout(forms.Question("text", unseen=True))

    def clean_text(self) -> str:
        """The answer as a text, whatever its kind."""
        answer = self.cleaned_data["text"]
        return "" if answer is None else str(answer)


def _answer(section: "Section") -> django_forms.Field:
    """A box for a text, radios for a choice, a short box for a number; any may be saved empty."""
    said: dict[str, Any] = {"label": section.title, "what": f"“{section.title}”", "required": False}
    match section.kind:
        case "choice":
            options = [forms.choice(option, option) for option in section.options]
            return forms.ChoiceField(choices=options, help_text=_reads(section), **said)
        case "number":
            return forms.WholeNumberField(
                minimum=0, maximum=MOST, suffix=section.unit, help_text=_reads(section), **said
            )
    counts = "We count words and never cut: a longer text is kept until you shorten it."
    rows = min(14, max(5, section.word_limit // 15))
    return DraftTextField(
        words=section.word_limit, rows=rows, help_text=f"{_reads(section)} {counts}".strip(), **said
    )


def _reads(section: "Section") -> str:
    """Whether it is needed, and what the panel reads it for."""
    said = [] if section.required else ["This section is optional."]
    if section.criterion:
        said.append(f"The panel reads it for “{section.criterion}”, {section.criterion.weight} of 100.")
    return " ".join(said)


class CommentForm(forms.Form):
    """Something to say about a section, to the others who are named."""

    comment = forms.LongTextField(
        label="Comment",
        what="a comment",
        characters=2000,
        rows=3,
        help_text="The other people named on the proposal are told. The fund never reads comments.",
    )


class PutBackForm(django_forms.Form):
    """Which revision stood when an earlier text was chosen."""

    base_revision = django_forms.IntegerField(min_value=0, widget=django_forms.HiddenInput)


class Keys(django_forms.Field):
    """Keys of rows; what is none is left out."""

    def to_python(self, value: list[str] | None) -> list[UUID]:
        """The keys."""
        found = []
        for each in value or []:
            with suppress(ValueError):
                found.append(UUID(each))
        return found


class ApprovalForm(django_forms.Form):
    """What the approval's page carries: the price that was read."""

    price = django_forms.DecimalField(max_digits=12, decimal_places=2, widget=django_forms.HiddenInput)


class SubmitForm(django_forms.Form):
    """What the check page carries: its one-time key, what it showed, who is gone on without."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    without = Keys(required=False, widget=django_forms.MultipleHiddenInput)
    shown = django_forms.CharField(required=False, max_length=20_000, widget=django_forms.HiddenInput)

    def clean_shown(self) -> dict[str, str]:
        """The digests by part; nothing when they cannot be read."""
        try:
            shown = json.loads(self.cleaned_data["shown"] or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in shown.items()} if isinstance(shown, dict) else {}
