"""The tenders a home page lists: what is open, what runs, and what comes next in each."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import QuerySet

from tenders import timetable
from tenders.models import Programme, Tender
from tenders.queries.tender import as_owed, dates_of


@dataclass(frozen=True)
class Running:
    """A tender and the next thing its timetable holds."""

    tender: Tender
    next: timetable.Entry | None


def open_now(at: datetime) -> QuerySet[Tender]:
    """The tenders that take proposals at this moment, the first to close first."""
    found = Tender.objects.filter(status=Tender.Status.PUBLISHED, proposals_close_at__gt=at)
    return found.order_by("proposals_close_at", "reference")


def running(at: datetime) -> list[Running]:
    """Every tender that is not finished, with its next date; drafts last."""
    tenders = Tender.objects.exclude(status=Tender.Status.FINISHED).prefetch_related("owed")
    found = [Running(tender, _next(tender, at)) for tender in tenders.order_by("reference")]
    late = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(found, key=lambda each: (not each.tender.is_public, each.next.at if each.next else late))


def _next(tender: Tender, at: datetime) -> timetable.Entry | None:
    entries = timetable.entries(dates_of(tender), as_owed(tender.owed.all()))
    return next((entry for entry in entries if entry.at > at), None)


def is_empty() -> bool:
    """Whether the portal has no programme and no tender yet."""
    return not any(chain(Programme.objects.all()[:1], Tender.objects.all()[:1]))
