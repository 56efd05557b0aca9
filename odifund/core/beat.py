"""Celery beat with a sign of life of its own, so that a dead worker is not taken for a dead beat."""

from datetime import datetime, timedelta
from typing import Any

from celery.beat import PersistentScheduler

from odifund.core import clock

EVERY = timedelta(seconds=15)


class Timetable(PersistentScheduler):
    """Looks at the timetable as Celery does; a database that is away does not stop it."""

    left_at: datetime | None = None

    def tick(self, *args: Any, **options: Any) -> float:
        """One look at the timetable."""
        from odifund.core import heartbeat  # models are not loaded yet when Celery imports this

        at = clock.now()
        if self.left_at is None or at - self.left_at >= EVERY:
            self.left_at = at
            heartbeat.leave_if_heard("beat", at)
        wait: float = super().tick(*args, **options)
        return min(wait, EVERY.total_seconds())
