"""Notices of a tender, as its page shows them."""

from dataclasses import dataclass
from datetime import datetime

from tenders.models import Tender


@dataclass(frozen=True)
class Shown:
    """One line of the log of notices."""

    at: datetime
    title: str
    text: str


def notices_of(tender: Tender) -> list[Shown]:
    """The notices, the newest first."""
    return [Shown(notice.published_at, notice.title, notice.text) for notice in tender.notices.all()]
