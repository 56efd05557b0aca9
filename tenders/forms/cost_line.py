"""The form of one line of the costs."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout

from odifund.core import forms
from odifund.core.wording import pounds

if TYPE_CHECKING:
    from consortia.models import Member

KINDS_OF_COST = [
    forms.choice("staff", "Staff"),
    forms.choice("expenses", "Expenses"),
    forms.choice("subcontract", "Subcontract"),
    forms.choice("overhead", "Overhead"),
    forms.choice("vat", "VAT not recovered"),
    forms.choice("other", "Other"),
]
WAYS = ("days", "day_rate", "amount", "percent")
ONE_OF = "Give days and a day rate, or an amount, or a percentage, and only one of them"


class CostLineForm(forms.Form):
    """A line of the costs: days and a day rate, an amount, or for overhead a percentage of the staff."""

    says_optional = False
    organisation = forms.SelectField(label="Organisation", choices=[])
    kind = forms.ChoiceField(label="Kind of cost", what="the kind of cost", choices=KINDS_OF_COST)
    what = forms.TextField(
        label="What it is for",
        what="what it is for",
        characters=160,
        help_text="For example, User researcher.",
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
    percent = forms.PercentField(
        label="Percentage, for overhead",
        what="the percentage",
        required=False,
        above_zero=True,
        maximum=100,
        help_text="Of what the staff of the same organisation cost. It follows their lines.",
    )
    note = forms.TextField(
        label="Note (optional)",
        what="the note",
        characters=300,
        required=False,
        help_text="For example, how you came to it. The panel reads it.",
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
        """Who and what, then the ways to say how much."""
        ways = ["percent"] if "overhead" in dict(self.fields["kind"].choices) else []  # type: ignore[attr-defined]
        return Layout("organisation", "kind", "what", forms.Side("days", "day_rate"), "amount", *ways, "note")

    def clean(self) -> dict[str, Any]:
        """Days and a rate, an amount or a percentage: one of them, never two."""
        said: dict[str, Any] = super().clean() or {}
        if not set(WAYS) & set(self.errors):
            self._one_way(said)
            self._not_too_much(said)
        if key := said.get("organisation"):
            said["organisation"] = self.organisations[key]
        return said

    def _one_way(self, said: dict[str, Any]) -> None:
        days, rate, amount, percent = (said.get(name) for name in WAYS)
        by_days = days is not None or rate is not None
        if by_days + (amount is not None) + (percent is not None) > 1:
            self.add_error("percent" if percent is not None else "amount", ONE_OF)
        elif percent is not None and said.get("kind") != "overhead":
            self.add_error("percent", "Only overhead is a percentage. Choose “Overhead”, or give an amount")
        elif not by_days and amount is None and percent is None:
            self.add_error("days", "Enter the days and the day rate, or an amount")
        elif by_days and days is None:
            self.add_error("days", "Enter the days that go with the day rate")
        elif by_days and rate is None:
            self.add_error("day_rate", "Enter the day rate in pounds, like 450 or 450.50")

    def _not_too_much(self, said: dict[str, Any]) -> None:
        amount = said.get("amount") or (said.get("days") or 0) * (said.get("day_rate") or 0)
        if self.highest is not None and amount > self.highest:
            sentence = f"One line cannot be more than the highest price of a proposal, {pounds(self.highest)}"
            self.add_error("amount" if said.get("amount") else "days", sentence)
