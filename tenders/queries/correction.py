"""Which words of an open tender may be corrected, and how they stand."""

from odifund.core import canonical
from tenders.models import Tender

WORDS = {
    "summary": "Summary",
    "purpose": "What it is for",
    "who_may_bid": "Who may bid",
    "money_note": "How and whom we pay",
}
"""Field and what it is called. Limits, criteria, scale, sections and what winners owe stay as published."""


def digest_of(tender: Tender) -> str:
    """The digest of these words as they are."""
    return canonical.digest([getattr(tender, field) for field in WORDS])
