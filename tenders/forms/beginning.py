"""Beginning a tender, and the programme it belongs to."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from odifund.core import forms


class DraftForm(forms.Form):
    """How a tender begins."""

    start = forms.ChoiceField(
        label="How do you want to start?",
        what="how you want to start",
        choices=[
            forms.choice(
                "template",
                "From the stimulus fund template",
                "Words, money, criteria, sections, deliverables and all dates, counted from the day you"
                " publish. You can change each of them.",
            ),
            forms.choice(
                "copy",
                "From a copy of an earlier tender",
                "Its words, money, criteria, sections and deliverables. Its dates move on to your day of"
                " publication. Documents, questions, notices, people and proposals stay behind.",
            ),
            forms.choice("nothing", "With an empty draft", "You write every part yourself."),
        ],
    )
    earlier = forms.SelectField(
        label="Earlier tender to copy",
        what="the tender to copy",
        required=False,
        help_text="The newest are listed; an older one can be copied from its own page.",
    )
    programme = forms.SelectField(label="Programme")
    reference = forms.TextField(
        label="Reference",
        characters=20,
        width=10,
        help_text="Letters, numbers and hyphens: short, and easy to say on the telephone. It is part of the"
        " address and stays.",
    )
    title = forms.TextField(label="Title", characters=149)
    publish_on = forms.DateField(
        label="Day of publication",
        required=False,
        help_text="The template and a copy count all dates from this day. For example, 17 8 2027",
    )
    kind = forms.ChoiceField(
        label="What kind of tender is it?",
        what="what kind of tender it is",
        required=False,
        initial="counts",
        help_text="It is chosen once. A copy is of the kind that you choose here, whatever it is a copy of.",
        choices=[
            forms.choice("counts", "A tender that counts", "Everybody reads it once it is published."),
            forms.choice(
                "practice",
                "Practise with staff only",
                "Only the fund’s staff ever see it, and they play every part.",
            ),
            forms.choice(
                "rehearsal",
                "Let bidders rehearse",
                "Anybody with an account tries an upload and a submission. Your staff run it and do not bid."
                " It is in no list and no feed; while it is open, bidders’ pages lead to it. What they submit"
                " is never opened, so nobody reads or scores it.",
            ),
        ],
    )
    says_optional = False

    def __init__(
        self,
        *args: Any,
        programmes: Sequence[tuple[str, str]],
        earlier: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]
        self.fields["earlier"].choices = [("", "None chosen"), *earlier]  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        """The earlier tenders under the choice that needs one."""
        rest = [name for name in self.fields if name not in {"start", "earlier"}]
        return Layout(forms.Reveal("start", copy="earlier"), *rest)

    def clean_kind(self) -> str:
        """One that counts where none was sent."""
        return str(self.cleaned_data["kind"] or "counts")

    def clean_reference(self) -> str:
        """Letters, figures and hyphens, in capitals: it is spoken, and part of an address."""
        reference: str = self.cleaned_data["reference"].upper()
        plain = reference.replace("-", "")
        if not (plain.isascii() and plain.isalnum()):
            raise ValidationError("The reference must have only letters, numbers and hyphens")
        return reference

    def clean(self) -> dict[str, Any]:
        """The template and a copy need a day to count from; a copy needs a tender."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start = cleaned.get("start")
        counts = {"template": "the template counts", "copy": "the dates of a copy count"}.get(start or "")
        if counts and not cleaned.get("publish_on") and "publish_on" not in self.errors:
            self.add_error("publish_on", f"Enter the day of publication, because {counts} from it")
        if start == "copy" and not cleaned.get("earlier") and "earlier" not in self.errors:
            self.add_error("earlier", "Select the earlier tender to copy")
        return cleaned


class ProgrammeForm(forms.Form):
    """A programme's words."""

    title = forms.TextField(label="Title", characters=120)
    purpose = forms.LongTextField(
        label="What the programme is for", what="what the programme is for", words=400
    )
