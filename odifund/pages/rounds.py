"""What the front page shows: the rounds where they stand, and what came of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, QuerySet

from deliverables import access as library
from deliverables.models import Pattern
from odifund.core.wording import moment, plain_day
from tenders import access as tenders
from tenders.models import Tender

S = Tender.Status
LOOKS = {S.PUBLISHED: "live", S.CLOSED: "sealed", S.OPENED: "sealed", S.DECIDED: "part", S.FINISHED: "done"}


@dataclass(frozen=True)
class Round:
    """A tender as the front page tells it."""

    tender: Tender
    is_open: bool
    status: str
    look: str
    next: str


@dataclass(frozen=True)
class Card:
    """A pattern as its card shows it."""

    slug: str
    url: str
    title: str
    problem: str
    model: str
    makers: str
    tried: str


def rounds(at: datetime) -> list[Round]:
    """Every public tender: the open ones first by what closes next, then the newest."""
    public = tenders.tenders_for(AnonymousUser()).annotate(last_due_at=Max("owed__due_at"))
    found = list(public.order_by("-published_at"))
    finished = dict(
        library.patterns()
        .filter(deliverable__contract__tender__in=found)
        .order_by()
        .values_list("deliverable__contract__tender")
        .annotate(Count("pk"))
    )
    told = [_round(tender, at, finished.get(tender.pk, 0)) for tender in found]
    open_ones = sorted(
        (one for one in told if one.is_open), key=lambda one: one.tender.proposals_close_at or at
    )
    return open_ones + [one for one in told if not one.is_open]


def _round(tender: Tender, at: datetime, patterns: int) -> Round:
    is_open = tender.accepts_proposals(at)
    status = S(tender.status) if is_open or tender.status != S.PUBLISHED else S.CLOSED
    return Round(tender, is_open, str(status.label), LOOKS[status], next_of(tender, status, patterns))


def next_of(tender: Tender, status: Tender.Status, patterns: int) -> str:
    """What happens next in a round, or what came of it."""
    if status == S.PUBLISHED and tender.proposals_close_at:
        return f"Proposals close at {moment(tender.proposals_close_at)}"
    if status in {S.CLOSED, S.OPENED} and tender.decision_on:
        return f"Decision on {plain_day(tender.decision_on)}"
    last_due_at: datetime | None = getattr(tender, "last_due_at", None)
    if status == S.DECIDED and last_due_at:
        return f"Final work by {plain_day(last_due_at)}"
    if patterns:
        return f"{patterns} pattern{'' if patterns == 1 else 's'} published"
    return "The work is done"


def newest_patterns(count: int = 3) -> Iterator[Card]:
    """The newest of the library, ready for their cards."""
    newest: QuerySet[Pattern] = library.patterns().order_by("-published_at", "title")[:count]
    for pattern in newest:
        yield Card(
            slug=pattern.slug,
            url=pattern.get_absolute_url(),
            title=pattern.title,
            problem=pattern.summary,
            model=pattern.get_delivery_model_display(),
            makers=pattern.made_by,
            tried=pattern.tried,
        )


def patterns_in_all() -> int:
    """How many the library holds."""
    return library.patterns().count()
