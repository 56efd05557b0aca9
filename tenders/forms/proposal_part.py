"""The forms of what a draft says beside its answers and its costs."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout

from odifund.core import forms

if TYPE_CHECKING:
    from tenders.models import OwedDeliverable


class PaymentsForm(forms.Form):
    """The lead's VAT, and where the tender lets bidders, the percent of the price at each payment."""

    says_optional = False
    vat = forms.ChoiceField(
        label="What VAT does the lead add at the end?",
        what="what VAT the lead adds",
        choices=[
            forms.choice("standard", "VAT at 20%", "The lead is registered for VAT and invoices it."),
            forms.choice(
                "none", "No VAT", "The lead is not registered, or the work is exempt or outside VAT."
            ),
        ],
    )

    def __init__(self, *args: Any, paid: "Sequence[OwedDeliverable]" = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.paid = paid
        for owed in paid:
            self.fields[f"percent_{owed.name}"] = forms.WholeNumberField(
                label=str(owed), what=f"the percent of the price paid with “{owed}”", maximum=100, suffix="%"
            )

    def layout(self) -> Layout:
        """The shares first, then the VAT that comes on top."""
        return Layout(*(f"percent_{owed.name}" for owed in self.paid), "vat")

    def clean(self) -> dict[str, Any]:
        """The shares add up to the whole price."""
        said: dict[str, Any] = super().clean() or {}
        names = [f"percent_{owed.name}" for owed in self.paid]
        if names and not set(names) & set(self.errors):
            total = sum(said[name] for name in names)
            if total != 100:
                self.add_error(names[-1], f"The payments add up to {total}%. Make them add up to 100%")
        return said

    @property
    def payments(self) -> dict[str, int]:
        """Percent by the name of what is owed; empty where the tender has set it."""
        return {owed.name: self.cleaned_data[f"percent_{owed.name}"] for owed in self.paid}


class ConfidentialForm(forms.Form):
    """One part that is not to be told to others."""

    what = forms.TextField(
        label="What is confidential",
        what="what is confidential",
        characters=200,
        help_text="For example, the day rates, or the second paragraph of “How you will work”.",
    )
    why = forms.LongTextField(
        label="Why it would harm you if others read it",
        what="why it is confidential",
        words=100,
        rows=4,
        help_text="The fund weighs it if somebody asks for the proposal under freedom of information law.",
    )
    until = forms.DateField(
        label="Until when",
        what="until when it is confidential",
        required=False,
        help_text="Leave it empty if there is no day after which it may be told.",
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_until(self) -> date | None:
        """A day to come."""
        until: date | None = self.cleaned_data["until"]
        if until and until <= self.today:
            self.add_error("until", "The day until which it is confidential must be in the future")
        return until


class PublicationForm(forms.Form):
    """What may be published of a proposal that wins."""

    says_optional = False
    publishes = forms.ChoiceField(
        label="If you win, what may the fund publish beside that?",
        what="what may be published",
        choices=[
            forms.choice("summary", "The summary below"),
            forms.choice(
                "whole",
                "The summary, and the proposal",
                "Without its confidential parts and without day rates.",
            ),
        ],
    )
    public_summary = forms.LongTextField(
        label="Summary for everybody",
        what="the summary",
        words=150,
        rows=7,
        help_text="What you will do and for whom, for somebody who knows nothing of it.",
    )


class StatementsForm(forms.Form):
    """Sentences, each confirmed by a tick of its own."""

    says_optional = False

    def __init__(self, *args: Any, statements: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        for number, sentence in enumerate(statements, start=1):
            self.fields[f"statement_{number}"] = forms.TickField(
                label=sentence, what=f"Confirm “{sentence}”, or ring us if you cannot"
            )
