"""The tenders a home page lists: what is open, what runs, and what comes next in each."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from tenders import access, timetable
from tenders.models import Panellist, Programme, Tender
from tenders.queries.contract import awards_to_offer, with_signed
from tenders.queries.question import waits
from tenders.queries.rounds import Standing, how_many, next_entry, standing
from tenders.queries.stage import held_checks, panel_lacks


@dataclass(frozen=True)
class Running:
    """A tender, the next thing its timetable holds, and the questions that wait for an answer."""

    tender: Tender
    next: timetable.Entry | None
    standing: Standing
    waiting: int = 0
    oldest_asked_at: datetime | None = None
    panel_lacks: str = ""
    held: int = 0
    """How many proposals were held at the opening and are not settled."""
    awards_to_offer: bool = False
    """Whether an award waits for its contract to be offered."""


def open_now(at: datetime) -> QuerySet[Tender]:
    """The tenders that take proposals at this moment, the first to close first."""
    found = access.open_tenders(at).filter(is_practice=False)
    return found.order_by("proposals_close_at", "reference")


def running(at: datetime) -> list[Running]:
    """Every tender that is not finished, with its next date; drafts last."""
    asked = waits("questions__")
    tenders = (
        Tender.objects.exclude(status__in=(Tender.Status.FINISHED, Tender.Status.CANCELLED))
        .select_related("programme", "decision")
        .defer("decision__results")
        .prefetch_related("owed")
        .annotate(**with_signed())
        .annotate(
            waiting=Count("questions", filter=asked, distinct=True),
            evaluators=_seats(Panellist.Part.EVALUATOR),
            moderators=_seats(Panellist.Part.MODERATOR),
            oldest=Min("questions__asked_at", filter=asked),
            held=how_many(held_checks(), "opening__tender"),
            awards_to_offer=Exists(awards_to_offer().filter(decision__tender=OuterRef("pk"))),
        )
    )
    found = [
        Running(
            tender,
            next_entry(tender, at),
            standing(tender, at),
            tender.waiting,
            tender.oldest,
            panel_lacks(tender, tender.evaluators, tender.moderators),
            tender.held,
            tender.awards_to_offer,
        )
        for tender in tenders.order_by("reference")
    ]
    late = datetime.max.replace(tzinfo=at.tzinfo)
    return sorted(found, key=lambda each: (not each.tender.is_published, each.next.at if each.next else late))


def _seats(part: str) -> Count:
    """How many of the panel have this part and stand in for nobody."""
    seats = Q(panel__part=part, panel__ended_at=None, panel__is_deputy=False)
    return Count("panel", filter=seats, distinct=True)


def is_empty() -> bool:
    """Whether the portal has no programme and no tender yet."""
    return not any(chain(Programme.objects.all()[:1], Tender.objects.all()[:1]))
