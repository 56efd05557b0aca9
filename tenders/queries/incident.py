"""A tender's incident log, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from odifund.core import availability
from odifund.core.wording import span
from tenders.models import Incident, Tender


def incidents_of(tender: Tender) -> list[Incident]:
    """Every entry, the newest first, with what corrects it."""
    found = tender.incidents.select_related("recorded_by", "corrects").prefetch_related("corrections")
    return list(found.order_by("-number"))


AFTERWARDS = timedelta(days=1)
MOST = 50


@dataclass(frozen=True)
class Away:
    """When the portal was away while a tender was open, by its own record, the newest first."""

    since: datetime | None
    """From when there is a record of that time; nothing where there is none."""
    gaps: Sequence[tuple[availability.Gap, str]]


def away_while_open(tender: Tender, at: datetime) -> Away:
    """From publication until a day after the deadline."""
    closes, began = tender.proposals_close_at, availability.began_at()
    if closes is None or tender.published_at is None or began is None:
        return Away(None, [])
    end = closes + AFTERWARDS
    since = max(began, tender.published_at)
    found = availability.gaps(tender.published_at, at, until=end)
    return Away(since if since < end else None, [(gap, span(gap.length)) for gap in found[:MOST]])


def choices(tender: Tender) -> list[tuple[int, str]]:
    """The entries to choose one from, the newest first."""
    found = tender.incidents.order_by("-number").values_list("number", "what")
    return [(number, f"Incident {number}: {what[:80]}") for number, what in found]
