"""What criteria, sections and deliverables of a draft have in common: changed under the tender's row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Max

from odifund.core import canonical
from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person
from tenders.lifecycle import TENDER
from tenders.models import Tender

CHANGED_MEANWHILE = (
    "A colleague changed this part after you opened it. What you typed is kept below, and what is saved now"
    " stands above it. Save again to put yours in its place."
)


@contextmanager
def changing(tender: Tender, what: str, *settled: str, by: Person, at: datetime) -> Iterator[Tender]:
    """Edit a list of the draft. `settled` are assumptions that a person has made their own by this."""
    facts = {"part": settled[0].partition(".")[0] if settled else "sections"}
    with TENDER.take("edit", tender, by=by, at=at, facts=facts, details={"what": what}):
        tender.assumptions = [name for name in tender.assumptions if name not in settled]
        yield tender


def digest(row: Any) -> str:
    """The digest of what a row says, wherever in its list it stands."""
    fields = [field.attname for field in row._meta.concrete_fields if field.name != "order"]
    return canonical.digest([row.serializable_value(field) for field in fields])


def unchanged(seen: str, now: str) -> None:
    """Refuse to write over what a colleague saved after the person had opened it; `seen` may be empty."""
    if seen and seen != now:
        raise NotReady([CHANGED_MEANWHILE])


def afresh(row: Any, seen: str) -> None:
    """The row as it is now, if it is still there and as the person saw it."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise MovedOn("A colleague has removed this from the draft.") from None
    unchanged(seen, digest(row))


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
