"""Watching a tender: one row a person, opened and ended."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import MovedOn
from odifund.core.models import Person
from tenders.models import Tender, Watch


def start(tender: Tender, *, by: Person, at: datetime) -> Watch:
    """Be told of every notice and answer from now on. Asking twice changes nothing."""
    if not tender.is_public:
        raise MovedOn("This tender is not published yet.")
    with transaction.atomic():
        return ensure(tender, by=by, at=at)


def ensure(tender: Tender, *, by: Person, at: datetime) -> Watch:
    """The person's watch, opened if it is not. Part of asking too; call it in a transaction."""
    before = Watch.objects.select_for_update().filter(tender=tender, person=by).first()
    if before is None:
        watch, new = Watch.objects.get_or_create(
            tender=tender, person=by, ended_at=None, defaults={"since_at": at}
        )
    else:
        watch, new = before, before.ended_at is not None
        watch.ended_at = None
        watch.save()
    if new:
        audit.record("watch.started", watch, by=by, at=at)
    return watch


def stop(tender: Tender, *, by: Person, at: datetime) -> None:
    """Be told no more. Stopping twice changes nothing."""
    with transaction.atomic():
        watch = Watch.objects.select_for_update().filter(tender=tender, person=by, ended_at=None).first()
        if watch is None:
            return
        watch.ended_at = at
        watch.save()
        audit.record("watch.ended", watch, by=by, at=at)
