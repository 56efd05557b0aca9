"""The parts of a draft, a form each. A draft may be incomplete, so most may be left empty."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from crispy_forms.layout import Layout

from odifund.core import forms
from odifund.core.wording import LONDON, time_of_day
from tenders import timetable

HOURS = range(6, 23)
"""When the clock may publish: somebody is awake, and no hour comes twice or never."""

WIDER = {
    "times": "The time of day is our assumption.",
    "without_vat": "That it is without VAT is our assumption.",
    "paid_to_lead": "That the lead alone is paid is our assumption.",
}
"""An assumption that is a part of what a field holds, as its hint says it."""


def mark_assumed(form: forms.Form, assumed: Mapping[str, Sequence[str]]) -> None:
    """Say in the hints of fields what is the portal's assumption in them, and ask whether it is right."""
    for name, held in assumed.items():
        field = form.fields[name]
        said = [WIDER.get(each, "Our assumption: look whether it is right.") for each in held]
        field.help_text = " ".join([*said, str(field.help_text)]).rstrip()
    if count := len({each for held in assumed.values() for each in held}):
        one = "This is right: show it as ours, not as an assumption"
        several = "All this is right: show it as ours, not as our assumptions"
        form.fields["is_right"] = forms.TickField(label=one if count == 1 else several, required=False)


class AboutForm(forms.Form):
    """What it is called and what it is for."""

    programme = forms.SelectField(label="Programme")
    title = forms.TextField(label="Title", characters=160)
    summary = forms.LongTextField(
        label="Summary",
        characters=300,
        rows=3,
        required=False,
        help_text="One sentence: how much, for whom, to do what. It stands under the title and in lists.",
    )
    purpose = forms.LongTextField(
        label="What the money is for", what="what the money is for", words=600, required=False
    )
    says_optional = False

    def __init__(self, *args: Any, programmes: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["programme"].choices = programmes  # type: ignore[attr-defined]


class MoneyForm(forms.Form):
    """The pot, the highest price, how many awards. All without VAT."""

    pot = forms.MoneyField(
        label="Money in all, without VAT", what="the money in all", minimum=1, required=False
    )
    highest_price = forms.MoneyField(
        label="Highest price of one proposal, without VAT",
        what="the highest price",
        minimum=1,
        required=False,
    )
    awards_least = forms.WholeNumberField(
        label="Least number of awards", minimum=1, maximum=99, required=False
    )
    awards_most = forms.WholeNumberField(
        label="Greatest number of awards", minimum=1, maximum=99, required=False
    )
    money_note = forms.LongTextField(
        label="How and whom we pay", what="how and whom you pay", words=200, required=False
    )
    says_optional = False

    def layout(self) -> Layout:
        """The two counts beside each other."""
        counts = forms.Side("awards_least", "awards_most")
        asked = ("is_right",) if "is_right" in self.fields else ()
        return Layout("pot", "highest_price", counts, "money_note", *asked)

    def clean(self) -> dict[str, Any]:
        """What cannot be true together is said at once."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = cleaned.get("awards_least"), cleaned.get("awards_most")
        if least and most and least > most:
            self.add_error("awards_most", "The greatest number of awards must not be less than the least")
        pot, highest = cleaned.get("pot"), cleaned.get("highest_price")
        if pot and highest and highest > pot:
            self.add_error("highest_price", "The highest price must not be more than there is in all")
        return cleaned


class TimetableForm(forms.Form):
    """Every date of the tender itself; deliverables bring their own."""

    publish_on = forms.DateField(
        label="Day of publication", required=False, help_text="For example, 17 8 2027"
    )
    publish_hour = forms.SelectField(
        label="Hour of publication",
        what="the hour of publication",
        required=False,
        choices=[(str(hour), time_of_day(datetime(2017, 8, 17, hour, tzinfo=LONDON))) for hour in HOURS],
        help_text="London time. It counts where the second person leaves publishing to the clock.",
    )
    questions_close_at = forms.MomentField(
        label="Questions close",
        what="when questions close",
        required=False,
        help_text="London time, for example 22 9 2027, 5pm. Exactly then is too late already.",
    )
    answers_due_at = forms.MomentField(
        label="All answers published",
        what="when all answers are published",
        required=False,
        help_text="London time, for example 15 9 2027, 5pm",
    )
    proposals_close_at = forms.MomentField(
        label="Proposals close",
        what="when proposals close",
        required=False,
        help_text="London time, for example 22 9 2027, 5pm. Exactly then is too late already.",
    )
    decision_on = forms.DateField(label="Decision expected", what="the day of the decision", required=False)
    contracts_on = forms.DateField(
        label="Contracts awarded", what="the day contracts are awarded", required=False
    )
    starts_on = forms.DateField(label="Programme starts", what="the day the programme starts", required=False)
    says_optional = False

    def __init__(self, *args: Any, practises: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.practises = practises

    def clean_publish_hour(self) -> int:
        """As a number; 9am where none was sent."""
        return int(self.cleaned_data["publish_hour"] or 9)

    def clean(self) -> dict[str, Any]:
        """Dates out of order are said at the later one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field, sentence in timetable.faults(cleaned, practises=self.practises):
            if field not in self.errors:
                self.add_error(field, sentence)
        return cleaned


class WhoForm(forms.Form):
    """Who may bid."""

    who_may_bid = forms.LongTextField(label="Who may bid", what="who may bid", words=300, required=False)
    organisations_least = forms.WholeNumberField(
        label="Least number of organisations in a consortium", minimum=1, maximum=20
    )
    needs_uk_public_sector = forms.TickField(
        label="Each consortium needs a UK public sector organisation", required=False
    )
    one_consortium_each = forms.TickField(
        label="An organisation may be in one consortium of this tender only", required=False
    )
    says_optional = False


class PanelForm(forms.Form):
    """How many people score."""

    evaluators_least = forms.WholeNumberField(
        label="How many evaluators score each proposal, at least",
        what="the number of evaluators",
        minimum=1,
        maximum=9,
        help_text="Everybody reads this number on the tender’s page.",
    )


class CostsForm(forms.Form):
    """What proposals may put into their costs."""

    cost_kinds = forms.ChoicesField(
        label="Kinds of cost that proposals may use", what="at least one kind of cost", choices=()
    )
    cost_guidance = forms.LongTextField(
        label="What to say about costs",
        what="what to say about costs",
        words=200,
        required=False,
        help_text="Bidders read it on the tender’s page and above their cost lines.",
    )
    bidders_plan_payments = forms.TickField(
        label="Bidders may divide their price over the payments in their own way", required=False
    )
    says_optional = False

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cost_kinds"].choices = kinds  # type: ignore[attr-defined]
        self.initial["cost_kinds"] = self.initial.get("cost_kinds") or [key for key, _ in kinds]


class TermsForm(forms.Form):
    """What the contracts of this tender say beside the portal's own words."""

    further_terms = forms.MarkdownField(
        label="Further terms",
        what="the further terms",
        words=2000,
        rows=14,
        required=False,
        help_text="They stand as the last section of the contract. Leave it empty where nothing is added.",
    )
    says_optional = False
