"""Real processes that a test owns: it can kill and starve them, and prove that they are its own."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from odifund.launch.process import identity
from odifund.launch.stack import Stack
from odifund.launch.workplace import workplace

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

    def kill(self, name):
        """End one at once with its children, as a crash would; it must be ours."""
        process = self.processes[name]
        assert self.owns(name), f"{name} is not this test's"
        process.kill()

    def stop(self, name):
        """Freeze one with its children: it holds every connection and answers nothing; it must be ours."""
        assert self.owns(name), f"{name} is not this test's"
        for pid in family(self.processes[name].pid):
            os.kill(pid, signal.SIGSTOP)

    def go_on(self, name):
        """Let one go on after it was frozen."""
        for pid in family(self.processes[name].pid):
            os.kill(pid, signal.SIGCONT)

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


def environment_of(pid: int) -> bytes:
    """What a process was told; one that was started this moment has it a moment later."""
    for _ in range(100):
        if told := Path(f"/proc/{pid}/environ").read_bytes():
            return told
        time.sleep(0.01)
    return b""


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
