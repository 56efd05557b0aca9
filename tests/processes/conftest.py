"""Real processes that a test owns: it can kill and starve them, and prove that they are its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
import pytest

from odifund.launch.process import identity
from odifund.launch.stack import Stack
from odifund.launch.workplace import CHECKOUT, workplace
from tests.core import smtp

LEFT_OUT = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "ODIFUND_VAR",
    "ODIFUND_MODE",
    "PORT",
    "SECRET_KEY",
    # What a `make` that runs the tests tells the makes below it; a person's own has none above.
    "MAKEFLAGS",
    "MAKELEVEL",
    "MFLAGS",
    "MAKEOVERRIDES",
)


class OwnedStack(Stack):
    """A stack in a folder of the test's, whose processes are named, killed and started again."""

    def start(self):
        """Database, broker, web, worker and beat, on an empty migrated database."""
        self.place.make()
        self.start_servers()
        self.prepare()
        self.start_portal()

    def run(self, code):
        """Run this in the portal's own Python before anything else is started; what it prints."""
        command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
        environment = self.environment()
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, check=True)
        return done.stdout.decode().strip()

    @contextmanager
    def session(self):
        """A cursor in a transaction of the owner's, which is undone at the end."""
        with closing(psycopg2.connect(self.database.owner)) as session, session.cursor() as cursor:
            yield cursor

    def ask(self, question, *values):
        """The first column of the first row."""
        with self.session() as cursor:
            cursor.execute(question, values)
            return cursor.fetchone()[0]

    def kill(self, name):
        """End one at once with its children, as a crash would; it must be ours."""
        process = self.processes[name]
        assert self.owns(name), f"{name} is not this test's"
        process.kill()

    def stop(self, name):
        """Freeze one with its children: it holds every connection and answers nothing; it must be ours."""
        assert self.owns(name), f"{name} is not this test's"
        signalled(self.processes[name].pid, signal.SIGSTOP)

    def go_on(self, name):
        """Let one go on after it was frozen."""
        signalled(self.processes[name].pid, signal.SIGCONT)

    def owns(self, name):
        """Proof: our child, in the session it leads, and for a server, on a folder below ours."""
        process = self.processes[name]
        if identity(process.pid) is None or os.getsid(process.pid) != process.pid:
            return False
        with open(f"/proc/{process.pid}/stat") as stat:
            parent = int(stat.read().rpartition(")")[2].split()[1])
        told = environment_of(process.pid)
        folder = Path(os.readlink(f"/proc/{process.pid}/cwd"))
        at_home = folder.is_relative_to(self.place.data) or f"ODIFUND_VAR={self.place.var}".encode() in told
        return parent == os.getpid() and at_home


@pytest.fixture(scope="module")
def stack(tmp_path_factory) -> Iterator[OwnedStack]:
    """A stack that is not started yet; whatever runs of it at the end is ended, and its data removed."""
    place = workplace(tmp_path_factory.mktemp("stack") / "var")
    given = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    stack = OwnedStack(place, free_port(), given)
    try:
        yield stack
    finally:
        stack.end()
        place.empty()


@pytest.fixture
def postbox(stack):
    """The mail server of the stack's portal."""
    with smtp.listening() as postbox:
        stack.given |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(postbox.port)}
        yield postbox


def wait_for(what, seconds=60):
    """Until it is so."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.1)
    return found


def environment_of(pid: int) -> bytes:
    """What a process was told; one that was started this moment has it a moment later."""
    for _ in range(100):
        if told := Path(f"/proc/{pid}/environ").read_bytes():
            return told
        time.sleep(0.01)
    return b""


def signalled(pid: int, number: signal.Signals) -> None:
    """Send it to a process and all below it; one that ended meanwhile needs none."""
    for each in family(pid):
        with suppress(ProcessLookupError):
            os.kill(each, number)


def family(pid: int) -> list[int]:
    """A process, its children and theirs."""
    pids = [pid]
    for parent in pids:
        tasks = Path(f"/proc/{parent}/task").glob("*/children")
        pids += [int(child) for task in tasks for child in task.read_text().split()]
    return pids


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
