"""Which words of an open tender may be corrected, and how they stand."""

from collections.abc import Mapping

from odifund.core import canonical
from tenders.models import Tender
from tenders.queries.notice import Change

WORDS = {
    "summary": "Summary",
    "purpose": "What it is for",
    "who_may_bid": "Who may bid",
    "money_note": "How and whom we pay",
}
"""Field and what it is called. Limits, criteria, scale, sections and what winners owe stay as published."""


TITLE = "Changed wording"


def changes(tender: Tender, words: Mapping[str, str]) -> list[Change]:
    """Which of these words differ from what stands, as the notice tells it."""
    return [
        Change(WORDS[field], getattr(tender, field), text.strip())
        for field, text in words.items()
        if text.strip() != getattr(tender, field)
    ]


def digest_of(tender: Tender) -> str:
    """The digest of these words as they are."""
    return canonical.digest([getattr(tender, field) for field in WORDS])
