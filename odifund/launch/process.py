"""One program that we started: how it starts, ends, is killed, and is known again.

Each is the leader of a session of its own, so that Ctrl-C in a terminal reaches the launcher
alone, which then ends them in order, and so that its children can be ended with it.
"""

import json
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from odifund.launch.refusal import Refusal

GRACE = 10.0  # seconds between asking and killing
LARGEST_LOG = 5_000_000


@dataclass
class Process:
    """A program with its log; `account` is whom it runs as when that is not us."""

    name: str
    command: Sequence[str]
    log: Path
    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    account: pwd.struct_passwd | None = None
    ends_on: signal.Signals = signal.SIGTERM
    running: subprocess.Popen[bytes] | None = None
    gone: bool = False

    @property
    def pid(self) -> int:
        if self.running is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.running.pid

    def start(self) -> None:
        """Start it in a session of its own, its words going to its log."""
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old"))
        with self.log.open("ab") as log:
            self.gone = False
            self.running = subprocess.Popen(
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=dict(self.environment),
                start_new_session=True,
                user=self.account.pw_uid if self.account else None,
                group=self.account.pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )

    def alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def wait(self) -> int:
        """Until it ends by itself; answers with its exit code."""
        return self.running.wait() if self.running else 0

    def ask_to_end(self) -> None:
        """Ask, without waiting."""
        if self.running is not None and self.alive():
            self.running.send_signal(self.ends_on)

    def end(self, grace: float = GRACE) -> None:
        """Ask it to end, wait, and kill what is left of it and of its children."""
        if self.running is None:
            return
        self.ask_to_end()
        try:
            self.running.wait(grace)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self) -> None:
        """End it and its children at once, as a crash would; never twice: its number may be another's."""
        if self.running is not None and not self.gone:
            _signal_group(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.gone = True

    def last_words(self) -> str:
        """The last line of its log that is not empty."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1].strip() if lines else "it left no message"

    def ending(self) -> str:
        """How it ended: by which signal, or with which exit code."""
        code = self.wait()
        return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"

    def died(self) -> Refusal:
        """What to say when nothing works without it. A killed process did not get to say why."""
        said = "" if self.wait() < 0 else f": {self.last_words()}"
        return Refusal(f"The {self.name} process {self.ending()}{said} (its log: {self.log}).")

    @contextmanager
    def getting_ready(self) -> Iterator[None]:
        """Start it, and do not leave it behind when whoever waits for it gives up."""
        self.start()
        try:
            yield
        except BaseException:
            self.end()
            raise


def identity(pid: int) -> str | None:
    """When this process started, which tells it from a later one with the same number."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        if Path("/proc/self/stat").exists():
            return None
    answer = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None


def record(processes: Sequence[Process], file: Path) -> None:
    """Write down what runs, so that a run after a crash can end it."""
    known = [[process.name, process.pid, identity(process.pid)] for process in processes if process.alive()]
    file.write_text(json.dumps(known))


def end_leftovers(file: Path) -> list[str]:
    """End what an earlier run wrote down and did not end itself; answers with the names."""
    try:
        known = json.loads(file.read_text())
    except (OSError, ValueError):
        return []
    left = [(name, pid) for name, pid, started in known if started and identity(pid) == started]
    for name, pid in reversed(left):
        _signal_group(pid, signal.SIGINT if name == "database" else signal.SIGTERM)
    until = time.monotonic() + GRACE
    for _, pid in left:
        while _group_lives(pid) and time.monotonic() < until:
            time.sleep(0.05)
        _signal_group(pid, signal.SIGKILL)
    file.unlink(missing_ok=True)
    return [name for name, _ in left]


def _signal_group(leader: int, number: int) -> None:
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        pass


def _group_lives(leader: int) -> bool:
    try:
        os.killpg(leader, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True
