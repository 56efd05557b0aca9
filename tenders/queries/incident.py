"""A tender's incident log, as its page shows it."""

from tenders.models import Incident, Tender


def incidents_of(tender: Tender) -> list[Incident]:
    """Every entry, the newest first, with what corrects it."""
    found = tender.incidents.select_related("recorded_by", "corrects").prefetch_related("corrections")
    return list(found.order_by("-number"))


def choices(tender: Tender) -> list[tuple[int, str]]:
    """The entries to choose one from, the newest first."""
    found = tender.incidents.order_by("-number").values_list("number", "what")
    return [(number, f"Incident {number}: {what[:80]}") for number, what in found]
