"""Staying up: every process is watched, and those that no bidder waits for are started again.

Without the database or web there is no portal, and the run ends. What the broker, the worker and
beat do may be late: each is started again after a pause that grows, and after a few tries the portal
carries on without it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from odifund.launch.refusal import Refusal
from odifund.launch.stack import Stack

NEEDED = ("database", "web")
PAUSES = (1, 5, 15, 60)  # seconds before each try
STEADY = 600  # who has run for so many seconds has all tries again


@dataclass
class Watch:
    """A stack that is looked at again and again. `tried` counts; `again_at` says when the next try is due."""

    stack: Stack
    tell: Callable[[str], object] = print
    tried: dict[str, int] = field(default_factory=dict)
    started_at: dict[str, float] = field(default_factory=dict)
    again_at: dict[str, float] = field(default_factory=dict)

    def stay(self) -> None:
        """Until a process ends that nothing works without."""
        while True:
            self.look(time.monotonic())
            time.sleep(0.5)

    def look(self, now: float) -> None:
        """Once at each: whether it lives, and whether it is due to be started again."""
        for name, process in list(self.stack.processes.items()):
            if process.alive() or self._given_up(name):
                continue
            if name in NEEDED:
                raise process.died()
            if name not in self.again_at:
                process.kill()
                self._plan(name, f"The {name} process {process.ending()}", now)
            elif now >= self.again_at[name]:
                self._start_again(name, now)

    def _given_up(self, name: str) -> bool:
        return self.tried.get(name, 0) > len(PAUSES)

    def _plan(self, name: str, what_happened: str, now: float) -> None:
        """When the next try is due, if there is one."""
        if now - self.started_at.get(name, now) > STEADY:
            self.tried[name] = 0
        tried = self.tried.get(name, 0)
        self.tried[name] = tried + 1
        if self._given_up(name):
            self.tell(
                f"{what_happened}, and was started again {tried} times. The portal carries on without it:"
                f" mail, reminders and closing wait (see {self.stack.place.logs})."
            )
        else:
            self.again_at[name] = now + PAUSES[tried]
            self.tell(f"{what_happened}; it is started again in {PAUSES[tried]} s, and the portal serves on.")

    def _start_again(self, name: str, now: float) -> None:
        del self.again_at[name]
        self.started_at[name] = now
        try:
            self.stack.start_again(name)
        except Refusal as refusal:
            self._plan(name, str(refusal).rstrip("."), now)
