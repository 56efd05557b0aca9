"""Celery's worker with a sign of life of its own, so that a sleeping beat is not taken for a dead worker.

It comes from the loop that takes tasks: a worker that has lost the broker leaves none until it has it back.
"""

from typing import Any

from celery.bootsteps import StartStopStep

EVERY = 15.0  # seconds


class SignOfLife(StartStopStep):
    """Celery starts this each time the worker has connected to the broker."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, parent: Any) -> None:
        """From now on, at once and then again and again."""
        parent.timer.call_after(0, leave_sign)
        self.again = parent.timer.call_repeatedly(EVERY, leave_sign)

    def stop(self, parent: Any) -> None:
        """No more."""
        self.again.cancel()


def leave_sign() -> None:
    """Say that a worker lives."""
    from odifund.core import clock, heartbeat  # models are not loaded yet when Celery imports this

    heartbeat.leave_if_heard("worker", clock.now())
