"""The record of when the portal could take proposals (docs/adr/0009).

A canary is written every 15 seconds through web, database and storage. It makes the newest span
longer, or begins another when too long has passed: so the table holds a row a gap and no more, and
each gap stands in the trail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from odifund.core import audit, clock
from odifund.core.models import OpenSpan
from odifund.core.wording import moment_to_the_second

CANARY_LOCK = 0x0D1A
MOST = timedelta(seconds=3 * settings.CANARY_SECONDS)
"""Without a canary for longer, the portal was away."""
LEAST = timedelta(seconds=settings.CANARY_SECONDS / 2)
"""Sooner, nothing is written: several processes ask, and anybody may."""


@dataclass(frozen=True)
class Gap:
    """The portal was away between two canaries; `to` is None while it is."""

    since: datetime
    to: datetime | None
    length: timedelta


def note() -> None:
    """Write down that a proposal could be taken at this moment of the database's clock."""
    with transaction.atomic():
        if not _alone():
            return  # another process is writing the same
        moment = clock.under_lock()
        newest = OpenSpan.objects.order_by("-last_at").first()
        if newest is None:
            OpenSpan.objects.create(began_at=moment, last_at=moment)
        elif moment - newest.last_at > MOST:
            _begin_again(newest, moment)
        elif moment - newest.last_at >= LEAST:
            newest.last_at = moment
            newest.save()


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [CANARY_LOCK])
        return bool(cursor.fetchone()[0])


def _begin_again(newest: OpenSpan, moment: datetime) -> None:
    span = OpenSpan.objects.create(began_at=moment, last_at=moment)
    facts = {"from": newest.last_at, "to": moment}
    audit.record("portal.was_away", span, at=moment, facts=facts, details=_words(newest.last_at, moment))


def _words(since: datetime, to: datetime) -> dict[str, str]:
    return {"from": moment_to_the_second(since), "to": moment_to_the_second(to)}


def gaps(since: datetime, at: datetime, *, until: datetime | None = None) -> list[Gap]:
    """Every gap that touches the time from `since` to `until` (or `at`), the newest first."""
    spans = list(OpenSpan.objects.filter(last_at__gte=since).order_by("began_at"))
    before = OpenSpan.objects.filter(last_at__lt=since).order_by("-last_at").first()
    found = list(_between([before, *spans] if before else spans, at))
    end = until or at
    return [gap for gap in reversed(found) if gap.since < end and (gap.to is None or gap.to > since)]


def _between(spans: Iterable[OpenSpan], at: datetime) -> Iterator[Gap]:
    last: datetime | None = None
    for span in spans:
        if last:
            yield Gap(last, span.began_at, span.began_at - last)
        last = span.last_at
    if last and at - last > MOST:
        yield Gap(last, None, at - last)


def away(found: Iterable[Gap], since: datetime, at: datetime) -> timedelta:
    """How long the portal was away in all, since a moment."""
    return sum((((gap.to or at) - max(gap.since, since)) for gap in found), timedelta(0))


def began_at() -> datetime | None:
    """Since when there is a record."""
    return OpenSpan.objects.order_by("began_at").values_list("began_at", flat=True).first()
