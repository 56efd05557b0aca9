"""The real PostgreSQL and broker that a test session uses: its own, unless the environment names them.

Sessions of one checkout may run beside each other: each takes the first free place below
`var/tests/`. The place is kept, with its migrated template database, so that the next session
starts in a moment; it gives up durability, and is made anew after a crash.
"""

import fcntl
import os
import shutil
from pathlib import Path

from odifund.launch.addresses import Addresses, given_broker, given_database
from odifund.launch.broker import Broker
from odifund.launch.postgres import OWNER, PORTAL, Postgres
from odifund.launch.process import Process, end_leftovers, record
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import CHECKOUT, workplace

PLACE = "ODIFUND_TEST_PLACE"
OWNER_URL = "ODIFUND_TEST_OWNER_URL"
PORTAL_ROLE = "ODIFUND_TEST_PORTAL_ROLE"
TEMPLATE = "ODIFUND_TEST_TEMPLATE"


class Servers:
    """What one session starts and ends."""

    def __init__(self) -> None:
        folder, self.lock = _free_place()
        self.place = workplace(folder)
        self.postgres, self.broker = Postgres(self.place, fast=True), Broker(self.place)
        self.started: list[Process] = []
        given = given_database(os.environ)
        self.database = given or Addresses(self.postgres.url(OWNER), self.postgres.url(PORTAL), PORTAL)
        self.broker_url = given_broker(os.environ)
        self.own_database = given is None

    def tell_environment(self) -> None:
        """What the settings, and sessions started by this one, read."""
        os.environ |= {
            "DATABASE_URL": self.database.portal,
            "REDIS_URL": self.broker_url or self.broker.url,
            PLACE: str(self.place.var),
            OWNER_URL: self.database.owner,
            PORTAL_ROLE: self.database.role,
        }

    def start(self) -> None:
        end_leftovers(self._record)
        self.place.make()
        if self.own_database:
            self.started.append(self.postgres.start())
        if self.broker_url is None:
            self.started.append(self.broker.start())
        record(self.started, self._record)

    def end(self) -> None:
        for process in reversed(self.started):
            process.end()
        self._record.unlink(missing_ok=True)
        self.lock.close()

    @property
    def _record(self) -> Path:
        return self.place.var / "running.json"


def portals_folder() -> Path:
    """An empty folder for the files, mails and static files of this process."""
    folder = Path(os.environ[PLACE]) / f"portal-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _free_place():
    for number in range(20):
        folder = CHECKOUT / "var" / "tests" / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "run.lock").open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return folder, lock
    raise Refusal("Twenty test sessions of this checkout are running already.")
