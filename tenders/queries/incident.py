"""A tender's incident log, as its page shows it."""

from datetime import datetime, timedelta

from odifund.core import availability
from odifund.core.wording import span
from tenders.models import Incident, Tender


def incidents_of(tender: Tender) -> list[Incident]:
    """Every entry, the newest first, with what corrects it."""
    found = tender.incidents.select_related("recorded_by", "corrects").prefetch_related("corrections")
    return list(found.order_by("-number"))


LAST_DAYS, AFTERWARDS = timedelta(days=7), timedelta(days=1)
MOST = 50


def gaps_near_deadline(tender: Tender, at: datetime) -> list[tuple[availability.Gap, str]]:
    """When the portal was away in the week before the deadline and the day after it, the newest first."""
    closes = tender.proposals_close_at
    if closes is None or at < closes - LAST_DAYS:
        return []
    found = availability.gaps(closes - LAST_DAYS, at, until=closes + AFTERWARDS)
    return [(gap, span(gap.length)) for gap in found[:MOST]]


def choices(tender: Tender) -> list[tuple[int, str]]:
    """The entries to choose one from, the newest first."""
    found = tender.incidents.order_by("-number").values_list("number", "what")
    return [(number, f"Incident {number}: {what[:80]}") for number, what in found]
