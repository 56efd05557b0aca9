"""Where a reader stands to the price of a proposal, and what has changed since they approved it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from odifund.core.models import Person
from odifund.core.wording import pounds
from tenders.queries import draft as drafts
from tenders.queries.draft import Draft


@dataclass(frozen=True)
class Standing:
    """A reader, the price as it is now, and what they approved last, when, with which parts."""

    person: Person
    price: Decimal
    approved: Decimal | None
    approved_at: datetime | None
    parts: dict[str, str]

    @property
    def holds(self) -> bool:
        """Whether what they approved is the price."""
        return self.approved == self.price

    @property
    def in_words(self) -> str:
        """Approved £45,370.50; approved £44,000 and the price has changed since; not yet."""
        if self.approved is None:
            return "not yet"
        was = f"approved {pounds(self.approved)}"
        return was if self.holds else f"{was}, and the price has changed since"

    @property
    def lacks(self) -> str:
        """What is said where a proposal would go out without it."""
        if self.approved is None:
            return f"{self.person} has not approved the price of {pounds(self.price)}."
        was = f"{self.person} approved {pounds(self.approved)}"
        return f"{was}, and the price is {pounds(self.price)} now."


def other_changes(draft: Draft, of: Standing) -> list[str]:
    """The parts of the proposal that are not as they were when the reader approved."""
    return drafts.changed(of.parts, draft.digests()) if of.approved is not None else []
