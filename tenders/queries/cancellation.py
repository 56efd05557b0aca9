"""Ending a tender before its decision: what is confirmed, what stands in the way, and how far it is."""

from collections.abc import Iterator
from datetime import datetime

from tenders.models import Cancellation, Tender


def of(tender: Tender) -> Cancellation | None:
    """What somebody wrote, proposed or confirmed."""
    return Cancellation.objects.select_related("tender").filter(tender=tender).first()


def content(tender: Tender) -> object:
    """What the second person confirms, to the letter."""
    written = of(tender)
    return [written.reason] if written else []


def stops_cancelling(tender: Tender, at: datetime) -> Iterator[str]:
    """Between the deadline and the clock's close nobody knows yet whether a submit was in time."""
    if tender.status == Tender.Status.PUBLISHED and not tender.accepts_proposals(at):
        yield "Proposals have just closed. Try again in a minute, when the register is made"
