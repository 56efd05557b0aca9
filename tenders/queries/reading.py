"""The access log as it is read."""

from django.db.models import QuerySet

from tenders.models import Proposal, Reading, Tender


def of(tender: Tender, visible: QuerySet[Proposal]) -> QuerySet[Reading]:
    """Who read which of the visible proposals of a tender, the newest first."""
    found = Reading.objects.filter(version__tender=tender, version__proposal__in=visible)
    return found.select_related("person", "version").defer("version__manifest").order_by("-id")
