"""What criteria, sections and deliverables of a draft have in common: changed under the tender's row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db.models import Max

from odifund.core.models import Person
from tenders.lifecycle import TENDER
from tenders.models import Tender


@contextmanager
def changing(tender: Tender, what: str, *settled: str, by: Person, at: datetime) -> Iterator[Tender]:
    """Edit a list of the draft. `settled` are assumptions that a person has made their own by this."""
    facts = {"part": settled[0].partition(".")[0] if settled else "sections"}
    with TENDER.take("edit", tender, by=by, at=at, facts=facts, details={"what": what}):
        tender.assumptions = [name for name in tender.assumptions if name not in settled]
        yield tender


def next_order(rows: Any) -> int:
    """The place after the last."""
    last: int | None = rows.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def swap_with_before(row: Any, rows: Any) -> None:
    """Let a row and the one before it change places; the first stays."""
    row.refresh_from_db()
    before = rows.filter(order__lt=row.order).order_by("-order").first()
    if before is not None:
        row.order, before.order = before.order, row.order
        row.save(update_fields=["order"])
        before.save(update_fields=["order"])
