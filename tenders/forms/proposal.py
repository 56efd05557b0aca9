"""The forms of a draft: its title, its texts, its costs, its files, and the key of the check page."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms as django_forms

from odifund.core import forms
from odifund.core.forms.saying import clean_text
from odifund.core.forms.texts import LONGEST
from odifund.core.wording import pounds

if TYPE_CHECKING:
    from consortia.models import Member
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


KINDS_OF_COST = [
    forms.choice("staff", "Staff"),
    forms.choice("expenses", "Expenses"),
    forms.choice("subcontract", "Subcontract"),
    forms.choice("other", "Other"),
]


class CostLineForm(forms.Form):
    """A line of the costs: days and a day rate, or an amount."""

    says_optional = False
    organisation = forms.SelectField(label="Organisation", choices=[])
    kind = forms.ChoiceField(
        label="Kind of cost",
        what="the kind of cost",
        inline=True,
        choices=KINDS_OF_COST,
    )
    what = forms.TextField(
        label="What it is for",
        what="what it is for",
        characters=160,
        help_text="For example, User researcher. VAT that cannot be recovered is a line of its own.",
    )
    days = forms.DaysField(label="Days", what="the days", required=False, above_zero=True)
    day_rate = forms.MoneyField(label="Day rate", what="the day rate", required=False, above_zero=True)
    amount = forms.MoneyField(
        label="Amount, where there are no days",
        what="the amount",
        required=False,
        above_zero=True,
        help_text="In pounds without VAT. Leave it empty when you give days and a day rate.",
    )

    def __init__(
        self,
        *args: Any,
        members: "Iterable[Member]",
        highest: Decimal | None = None,
        kinds: Sequence[str] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [each for each in KINDS_OF_COST if not kinds or each[0] in kinds]
        self.highest = highest
        self.organisations = {str(member.organisation_id): member.organisation for member in members}
        names = [(key, organisation.name) for key, organisation in self.organisations.items()]
        field = self.fields["organisation"]
        assert isinstance(field, forms.SelectField)
        field.choices = [("", "Choose an organisation"), *names]

    def layout(self) -> Layout:
        """Who and what, then the two ways to say how much."""
        return Layout("organisation", "kind", "what", forms.Side("days", "day_rate"), "amount")

    def clean(self) -> dict[str, Any]:
        """Days and a rate, or an amount: one of the two, never both."""
        said: dict[str, Any] = super().clean() or {}
        if not {"days", "day_rate", "amount"} & set(self.errors):
            self._one_of_two(said)
            self._not_too_much(said)
        if key := said.get("organisation"):
            said["organisation"] = self.organisations[key]
        return said

    def _one_of_two(self, said: dict[str, Any]) -> None:
        days, rate, amount = (said.get(name) for name in ("days", "day_rate", "amount"))
        if amount is not None and (days is not None or rate is not None):
            self.add_error("amount", "Give days and a day rate, or an amount, not both")
        elif amount is None and days is None and rate is None:
            self.add_error("days", "Enter the days and the day rate, or an amount")
        elif amount is None and days is None:
            self.add_error("days", "Enter the days that go with the day rate")
        elif amount is None and rate is None:
            self.add_error("day_rate", "Enter the day rate in pounds, like 450 or 450.50")

    def _not_too_much(self, said: dict[str, Any]) -> None:
        amount = said.get("amount") or (said.get("days") or 0) * (said.get("day_rate") or 0)
        if self.highest is not None and amount > self.highest:
            sentence = f"One line cannot be more than the highest price of a proposal, {pounds(self.highest)}"
            self.add_error("amount" if said.get("amount") else "days", sentence)


class PutBackForm(django_forms.Form):
    """Which revision stood when an earlier text was chosen."""

    base_revision = django_forms.IntegerField(min_value=0, widget=django_forms.HiddenInput)


class SubmitForm(django_forms.Form):
    """What the check page carries: its one-time key, and the digests of what it showed."""

    key = django_forms.UUIDField(widget=django_forms.HiddenInput)
    shown = django_forms.CharField(required=False, max_length=20_000, widget=django_forms.HiddenInput)

    def clean_shown(self) -> dict[str, str]:
        """The digests by part; nothing when they cannot be read."""
        try:
            shown = json.loads(self.cleaned_data["shown"] or "{}")
        except ValueError:
            return {}
        return {str(k): str(v) for k, v in shown.items()} if isinstance(shown, dict) else {}
