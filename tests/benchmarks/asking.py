"""Asking the portal over HTTP from several connections at once, and what that costs it."""

import http.client
import os
import threading
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

CONNECTIONS = 8


def signed_in(port: int, person: str) -> str:
    """The cookie of somebody of the cast."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/sign-in/", urllib.parse.urlencode({"person": person}), headers)
    answer = connection.getresponse()
    answer.read()
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return "; ".join(cookies)


def first(port: int, path: str, headers: dict[str, str]) -> tuple[str, bytes]:
    """Queries and bytes of one answer, after one that warmed up."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(2):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
    if answer.status not in (200, 304):
        raise SystemExit(f"{path} answered {answer.status}")
    return answer.getheader("X-Queries") or "?", body


def tag_of(port: int, path: str) -> str:
    """What a browser that has the page sends along."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    return answer.getheader("ETag") or ""


def load(port: int, path: str, headers: dict[str, str], seconds: float) -> list[float]:
    """Seconds of each answer while all connections ask one after another."""
    times: list[float] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            connection.getresponse().read()
            times.append(time.perf_counter() - began)

    at_once([ask] * CONNECTIONS)
    return times


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
