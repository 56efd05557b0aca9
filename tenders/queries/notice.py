"""Notices of a tender, as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core import canonical
from tenders.models import Notice, Tender

DEADLINE = "Proposals close"
"""What the change of a deadline is called in its notice."""


@dataclass(frozen=True)
class Change:
    """What a notice tells that changed, in words; `after` is empty where it stays."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Shown:
    """One line of the log of notices."""

    at: datetime
    title: str
    text: str
    changes: Sequence[dict[str, str]] = ()

    @property
    def digest(self) -> str:
        """Of what it says: who confirms it has read exactly this."""
        return canonical.digest([self.title, self.text, list(self.changes)])


def with_changes(notice: Notice | Shown) -> str:
    """What it says, after what changed with it: for feeds and print."""
    changes = ({name: value.rstrip(".") for name, value in change.items()} for change in notice.changes)
    said = "{what}. Before: {before}. Now: {after}."
    return "\n\n".join([*(said.format(**change) for change in changes), notice.text])


def notices_of(tender: Tender) -> list[Shown]:
    """The notices, the newest first."""
    return [Shown(each.published_at, each.title, each.text, each.changes) for each in tender.notices.all()]


def deadlines_before(notices: Sequence[Shown]) -> list[str]:
    """Every deadline that was extended, the first one first, as the notices told it."""
    told = (change for notice in reversed(notices) for change in notice.changes)
    return [change["before"] for change in told if change["what"] == DEADLINE]
