"""What the public pages are made of, so that a browser that has one is told it has it.

Each function names all that its page shows: values as they were read for it, the versions of rows that it
reads after, how long it is to each moment of the timetable, and which have passed. A decided tender's
pages show what came of it, which only an app further up knows: it adds its rows to `came_of` when it starts.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet

from odifund.core.fresh import versions
from odifund.core.models import StoredFile
from odifund.core.wording import left
from tenders import access
from tenders.models import (
    Award,
    Cancellation,
    Contract,
    Decision,
    OpeningCheck,
    OwedDeliverable,
    Programme,
    Settlement,
    Tender,
)
from tenders.queries.question import public_questions
from tenders.queries.tender import DATES

Named = Sequence[object] | None
Rows = dict[str, QuerySet[Any]]

COUNTED_BY_MINUTES = timedelta(days=2)
"""How near a deadline is when lists count the time left in less than days."""

came_of: list[Callable[[Tender], Rows]] = []
"""What a decided tender's pages show beside the competition: rows by a name, a table each."""


def tender_page(tender: Tender, at: datetime) -> Named:
    """The tender and its programme as read; its parts, answers and notices; what of its dates has passed."""
    if not tender.is_public:
        return None
    return [
        *_of_tender(tender, at),
        *versions(
            criteria=tender.criteria.all(),
            scale=tender.scale.all(),
            sections=tender.sections.all(),
            documents=tender.documents.all(),
            files=StoredFile.objects.filter(documents__tender=tender),
            extensions=tender.extensions.all(),
            cancellation=Cancellation.objects.filter(tender=tender),
            owed=tender.owed.all(),
            answers=public_questions(tender),
            notices=tender.notices.all(),
            **_of_decision(tender),
        ),
    ]


def outcome_page(tender: Tender, at: datetime) -> Named:
    """The tender as read, its decision, and what came of it; before that, when it is expected."""
    if not tender.is_public:
        return None
    return [*_of_tender(tender, at), *versions(owed=tender.owed.all(), **_of_decision(tender))]


def questions_page(tender: Tender, at: datetime) -> Named:
    """The tender as read, its answers, and whether questions are still taken."""
    if not tender.is_public:
        return None
    return [*_of_tender(tender, at), *versions(answers=public_questions(tender))]


def register_page(tender: Tender, at: datetime) -> Named:
    """The tender as read, its registers, and from the opening on what was found."""
    if not tender.is_public:
        return None
    return [*_of_tender(tender, at), *versions(registers=tender.registers.all(), **_of_opening(tender))]


def list_page(at: datetime) -> Named:
    """Every public tender with its programme; what is due; what has closed by now."""
    return _of_rounds(access.public_tenders(), at, coming=access.coming_tenders())


def programme_page(programme: Programme, at: datetime) -> Named:
    """The programme as read, and its rounds as the list has them."""
    rounds = access.public_tenders().filter(programme=programme)
    coming = access.coming_tenders().filter(programme=programme)
    return [*_values(programme), *_of_rounds(rounds, at, coming=coming)]


def _of_rounds(tenders: QuerySet[Tender], at: datetime, **more: QuerySet[Any]) -> list[str]:
    """Of a decision lists say only whether it awards, which is settled in the moment the tender's row is."""
    closing = tenders.filter(status=Tender.Status.PUBLISHED, proposals_close_at__gt=at).order_by("pk")
    near = closing.filter(proposals_close_at__lte=at + COUNTED_BY_MINUTES)
    counted = [_ahead(closes, at) for closes in near.values_list("proposals_close_at", flat=True)]
    decided = tenders.filter(status=Tender.Status.DECIDED)
    owed = OwedDeliverable.objects.filter(tender__in=decided)
    return counted + versions(
        tenders=tenders,
        closed=tenders.filter(status=Tender.Status.PUBLISHED, proposals_close_at__lte=at),
        programmes=Programme.objects.filter(Exists(tenders.filter(programme=OuterRef("pk")))),
        owed=owed,
        due=owed.filter(due_at__lte=at),
        signed=Contract.objects.filter(tender__in=decided, countersigned_at__isnull=False),
        **more,
    )


def _of_opening(tender: Tender) -> Rows:
    if not tender.is_opened:
        return {}
    checks = OpeningCheck.objects.filter(version__tender=tender)
    return {"checks": checks, "settlements": Settlement.objects.filter(held__in=checks)}


def _of_decision(tender: Tender) -> Rows:
    if tender.decided_at is None:
        return {}
    decided: Rows = {
        "decision": Decision.objects.filter(tender=tender),
        "awards": Award.objects.filter(decision__tender=tender),
        "contracts": tender.contracts.all(),
    }
    for rows in came_of:
        decided |= rows(tender)
    return _of_opening(tender) | decided


def _of_tender(tender: Tender, at: datetime) -> list[object]:
    ahead = [_ahead(getattr(tender, name), at) for name in DATES]
    return [*_values(tender), *_values(tender.programme), ahead]


def _ahead(when: object, at: datetime) -> str:
    """How long it is to an instant, in the page's words; nothing once it has come.

    Whole days pass with the London date, which every page has.
    """
    return left(when, at) if isinstance(when, datetime) else ""


def _values(row: Model) -> list[object]:
    return [(field.attname, getattr(row, field.attname)) for field in row._meta.concrete_fields]
