"""The whole portal as processes: database, broker, web, worker, beat; started and ended in order."""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from odifund.launch import health, portal
from odifund.launch.addresses import Addresses, given_broker, given_database
from odifund.launch.broker import Broker
from odifund.launch.postgres import OWNER, PORTAL, Postgres
from odifund.launch.process import Process, end_leftovers, record
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import Workplace

SERVERS = ("database", "broker")
FIRST_PAGE_LIMIT = 60.0
TOLD = "told.json"
"""What the running portal was told: manage.py in this checkout reads it, to speak to the same database."""


@dataclass
class Stack:
    """What one workplace runs. Processes are kept in the order in which they were started."""

    place: Workplace
    port: int
    given: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    processes: dict[str, Process] = field(default_factory=dict)
    database: Addresses | None = None
    broker: str = ""

    @property
    def mode(self) -> str:
        return self.given.get("ODIFUND_MODE") or "evaluation"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start_servers(self) -> None:
        """The database and the broker: those that the environment names, else our own."""
        end_leftovers(self.place.var / "running.json")
        self.database = given_database(self.given) or self.start_database()
        self.broker = given_broker(self.given) or self.start_broker()

    def start_database(self) -> Addresses:
        """Our own database."""
        postgres = Postgres(self.place)
        self._keep(postgres.start())
        return Addresses(postgres.url(OWNER), postgres.url(PORTAL), PORTAL)

    def start_broker(self) -> str:
        """Our own broker."""
        broker = Broker(self.place)
        self._keep(broker.start())
        return broker.url

    def told(self, owner: bool = False) -> dict[str, str]:
        """What we tell a process of the portal; the owner's address only to what migrates."""
        if self.database is None:
            raise RuntimeError("start the servers first")
        return {
            "DATABASE_URL": self.database.owner if owner else self.database.portal,
            "REDIS_URL": self.broker,
            "ODIFUND_MODE": self.mode,
            "ODIFUND_VAR": str(self.place.var),
            "SECRET_KEY": self.given.get("SECRET_KEY") or portal.secret_key(self.place),
            "PORTAL_URL": self.address,
        }

    def environment(self, owner: bool = False) -> dict[str, str]:
        """What a process of the portal finds around it."""
        inherited = {name: value for name, value in self.given.items() if name != "DATABASE_OWNER_URL"}
        return {**inherited, **self.told(owner)}

    def prepare(self) -> None:
        """Bring the tables up to date as their owner, and give the serving role its rights."""
        owner = {**self.environment(owner=True), "PORTAL_ROLE": self.database.role if self.database else ""}
        with portal.static_files_collected(self.place, self.environment()):
            portal.manage("prepare_database", "--verbosity", "0", environment=owner)
        self.place.write_secret(TOLD, json.dumps(self.told()))

    def load_demonstration(self, tell: Callable[[str], object]) -> str:
        """Fill a database that was found empty with the demonstration's rounds; `tell` hears the progress.

        Answers with what is said after an empty line: who can sign in, and where.
        """
        who: list[str] = []

        def hear(line: str) -> None:
            if who or not line:
                who.append(line)
            else:
                tell(line)

        portal.manage("load_demonstration", environment=self.environment(), tell=hear)
        return "\n".join(who).strip()

    def start_portal(self) -> None:
        """Web, and when it has served its first page, worker and beat."""
        self.start_process("web")
        self._wait_for_first_page(self.processes["web"])
        self.start_process("worker")
        self.start_process("beat")

    def start_again(self, name: str) -> None:
        """One that has died; its children are ended first."""
        self.processes[name].kill()
        if name == "database":
            self.start_database()
        elif name == "broker":
            self.start_broker()
        else:
            self.start_process(name)

    def start_process(self, name: str) -> None:
        """One of the portal's processes: web, beat, or a worker under any other name."""
        environment = self.environment()
        if name == "web":
            process = portal.web(self.place, environment, self.port)
        elif name == "beat":
            process = portal.beat(self.place, environment)
        else:
            process = portal.worker(self.place, environment, name)
        process.start()
        self._keep(process)

    def _keep(self, process: Process) -> None:
        self.processes[process.name] = process
        record(list(self.processes.values()), self.place.var / "running.json")

    def _wait_for_first_page(self, web: Process) -> None:
        until = time.monotonic() + FIRST_PAGE_LIMIT
        while time.monotonic() < until:
            if not web.alive():
                raise web.died()
            host = health.portals_name(self.given)
            status = health.ask(self.port, host) and health.ask(self.port, host, "/")
            if status == 200:
                return
            if status:
                raise Refusal(f"The first page answers {status}: {web.last_words()} (more in {web.log}).")
            time.sleep(0.05)
        raise Refusal(f"There was no first page within {FIRST_PAGE_LIMIT:.0f} seconds (see {web.log}).")

    def end(self) -> None:
        """End what was started: the portal's processes together, then its servers."""
        servers = [process for name, process in self.processes.items() if name in SERVERS]
        ours = [process for name, process in self.processes.items() if name not in SERVERS]
        for process in ours:
            process.ask_to_end()
        for process in (*ours, *reversed(servers)):
            process.end()
        self.processes.clear()
        for name in ("running.json", TOLD):
            (self.place.var / name).unlink(missing_ok=True)
