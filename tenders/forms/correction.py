"""Changing the wording of an open tender."""

from typing import Any

from odifund.core.forms import LongTextField
from tenders.forms.public_words import PublicWords


class CorrectionForm(PublicWords):
    """The words that may change, and why."""

    summary = LongTextField(label="Summary", characters=300, rows=3)
    purpose = LongTextField(label="What it is for", what="what it is for", words=600)
    who_may_bid = LongTextField(label="Who may bid", what="who may bid", words=300)
    money_note = LongTextField(
        label="How and whom we pay", what="how and whom you pay", words=200, required=False
    )
    why = LongTextField(
        label="Why it changes",
        what="why it changes",
        characters=2000,
        rows=3,
        help_text="Everybody reads it, with the words before and after.",
    )
    says_optional = False
    looks_through = ("summary", "purpose", "who_may_bid", "money_note", "why")

    def tells(self, name: str, said: Any) -> list[str]:
        """What is not public already."""
        before = self.giveaways(self.initial.get(name, ""))
        return [word for word in super().tells(name, said) if word not in before]
