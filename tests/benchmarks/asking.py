"""Asking the portal over HTTP from several connections at once, and what that costs it."""

import http.client
import os
import threading
import time
import urllib.parse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

CONNECTIONS = 8


@dataclass(frozen=True)
class Ask:
    """What one connection asks for again and again; with a body it is posted."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def of(self, connection: http.client.HTTPConnection) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask once; whatever else is answered than what was asked for ends the benchmark."""
        connection.request("POST" if self.body else "GET", self.path, self.body or None, self.headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status not in (200, 302, 304):
            raise SystemExit(f"{self.path} answered {answer.status}")
        return answer, body


@dataclass(frozen=True)
class Loaded:
    """The seconds that each answer took, and all of them together."""

    times: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """How many a second."""
        return len(self.times) / self.seconds


def to_sign_in(person: str) -> Ask:
    """Somebody of the cast signs in."""
    words = urllib.parse.urlencode({"person": person}).encode()
    return Ask("/demo/sign-in/", {"Content-Type": "application/x-www-form-urlencoded"}, words)


def signed_in(port: int, person: str) -> str:
    """The cookie of somebody of the cast."""
    answer, _ = to_sign_in(person).of(http.client.HTTPConnection("127.0.0.1", port))
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return "; ".join(cookies)


def first(port: int, ask: Ask) -> tuple[str, bytes]:
    """Queries and bytes of one answer, after one that warmed up."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    ask.of(connection)
    answer, body = ask.of(connection)
    return answer.getheader("X-Queries") or "?", body


def tag_of(port: int, path: str) -> str:
    """What a browser that has the page sends along."""
    answer, _ = Ask(path).of(http.client.HTTPConnection("127.0.0.1", port))
    return answer.getheader("ETag") or ""


def load(port: int, asks: Sequence[Ask], seconds: float, most: int = 0) -> Loaded:
    """A connection for each ask, one after another for so long, or until it asked so often.

    The last answers come after the end: the rate is of the time that all took.
    """
    times: list[float] = []
    began = time.monotonic()
    refused: list[SystemExit] = []

    def work(ask: Ask) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        asked = 0
        while time.monotonic() < began + seconds and not (most and asked >= most):
            asked, start = asked + 1, time.perf_counter()
            try:
                ask.of(connection)
            except SystemExit as refusal:
                refused.append(refusal)
                return
            times.append(time.perf_counter() - start)

    at_once([partial(work, ask) for ask in asks])
    for refusal in refused:
        raise refusal
    return Loaded(times, time.monotonic() - began)


def at_once(jobs: list[Callable[[], None]]) -> None:
    """Each in a thread of its own; returns when all are done."""
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cpu(pid: int) -> float:
    """CPU seconds of the web server and its workers."""
    total = 0
    for number in [str(pid), *children(pid)]:
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[str]:
    """The worker processes."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
