"""Watching a tender: one row a person, opened and ended."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import MovedOn
from odifund.core.models import Person
from tenders.models import Tender, Watch


def start(tender: Tender, *, by: Person, at: datetime) -> Watch:
    """Be told of every notice and answer from now on. Asking twice changes nothing."""
    if not tender.is_published:
        raise MovedOn("This tender is not published yet.")
    with transaction.atomic():
        watch, new = ensure(tender, by=by, at=at)
        if new:
            audit.record("watch.started", watch, by=by, at=at)
    return watch


def ensure(tender: Tender, *, by: Person, at: datetime) -> tuple[Watch, bool]:
    """The person's watch, and whether it was opened now. Call it in a transaction.

    Part of asking too, without an event of its own: at the moment of a question it would say who asked.
    """
    before = Watch.objects.select_for_update().filter(tender=tender, person=by).first()
    if before is None:
        watch, new = Watch.objects.get_or_create(
            tender=tender, person=by, ended_at=None, defaults={"since_at": at}
        )
    else:
        watch, new = before, before.ended_at is not None
        watch.ended_at = None
        watch.save()
    return watch, new


def stop(tender: Tender, *, by: Person, at: datetime) -> None:
    """Be told no more. Stopping twice changes nothing."""
    with transaction.atomic():
        watch = Watch.objects.select_for_update().filter(tender=tender, person=by, ended_at=None).first()
        if watch is None:
            return
        watch.ended_at = at
        watch.save()
        audit.record("watch.ended", watch, by=by, at=at)
