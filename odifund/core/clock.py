"""The portal's clock: the only module that reads one.

Two readings. `now()` is taken once a request and passed on as `at`. `under_lock()` is the
database's own clock, read after a lock is held: it decides about deadlines and is stored
(docs/adr/0003). `held_at()` holds both, for tests and for the demonstration's loader.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

LONDON = ZoneInfo("Europe/London")
_held: datetime | None = None


def now() -> datetime:
    """This moment, as an instant."""
    return _held or datetime.now(UTC)


def under_lock() -> datetime:
    """One reading of the database's clock. Call it after the lock is held, and store it."""
    if _held:
        return _held
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment


def today(at: datetime) -> date:
    """The date in London at this instant."""
    return at.astimezone(LONDON).date()


@contextmanager
def held_at(moment: datetime) -> Iterator[None]:
    """Hold both readings at a moment, in this process. Refused in production."""
    global _held  # noqa: PLW0603  (the one seam)
    if not settings.CLOCK_MAY_BE_HELD:
        raise RuntimeError("the clock is never held in production")
    before, _held = _held, moment
    try:
        yield
    finally:
        _held = before


def ago(at: datetime, **span: float) -> datetime:
    """The moment this long before `at`; `span` as for timedelta."""
    return at - timedelta(**span)
