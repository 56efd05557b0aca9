"""A tender's incident log, as its page shows it."""

from tenders.models import Incident, Tender


def incidents_of(tender: Tender) -> list[Incident]:
    """Every entry, the newest first, with what corrects it."""
    found = tender.incidents.select_related("recorded_by", "corrects").prefetch_related("corrections")
    return list(found.order_by("-number"))
