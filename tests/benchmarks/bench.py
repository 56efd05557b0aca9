"""`make bench`: main pages and raw views on the production server, in one run on this machine.

Prints a table in Markdown: queries, bytes, requests a second, CPU, and the share of the raw
50-row view. Starts the portal in a folder of its own with the demonstration, and ends it again.
"""

import gzip
import http.client
import os
import platform
import socket
import statistics
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from odifund.launch.stack import Stack
from odifund.launch.workplace import workplace

CONNECTIONS = 8
SECONDS = 4.0
RAW = ("/raw/nothing/", "/raw/one-query/", "/raw/fifty-rows/")
PAGES = (
    ("", "/"),
    ("", "/tenders/"),
    ("", "/tenders/SF4/"),
    ("", "/tenders/SF2/outcome/"),
    ("", "/patterns/"),
    ("", "/healthz"),
    ("lead-a", "/home/"),
    ("manager", "/home/"),
    ("manager", "/staff/tenders/"),
    ("observer", "/staff/trail/"),
    ("evaluator-1", "/panel/SF3/"),
)


def main() -> None:
    """Start, measure, print, end."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        place = workplace(Path(folder) / "var")
        place.make()
        given = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
        stack = Stack(place, port, given)
        try:
            stack.start_servers()
            stack.prepare()
            stack.load_demonstration(lambda line: None)
            stack.start_portal()
            report(port, stack.processes["web"].pid)
        finally:
            stack.end()
            place.empty()


def report(port: int, pid: int) -> None:
    """Measure each page and print its line."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {CONNECTIONS} connections.\n")
    print("| who | page | queries | bytes | gzip | a second | p50 ms | p99 ms | CPU ms | share of 50 rows |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    fifty = 0.0
    for person, path in [*(("", raw) for raw in RAW), *PAGES]:
        cookie = signed_in(port, person) if person else ""
        queries, body = first(port, path, cookie)
        before, times = cpu(pid), load(port, path, cookie)
        rate, spent = len(times) / SECONDS, (cpu(pid) - before) * 1000 / len(times)
        fifty = rate if path == RAW[-1] else fifty
        share = f"{rate / fifty:.0%}" if fifty else ""
        p50, p99 = statistics.median(times) * 1000, sorted(times)[int(len(times) * 0.99)] * 1000
        sizes = f"{len(body)} | {len(gzip.compress(body))}"
        print(
            f"| {person or 'anybody'} | `{path}` | {queries} | {sizes} | {rate:.0f} |"
            f" {p50:.0f} | {p99:.0f} | {spent:.1f} | {share} |",
            flush=True,
        )


def signed_in(port: int, person: str) -> str:
    """The cookie of somebody of the cast."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/demo/sign-in/", urllib.parse.urlencode({"person": person}), headers)
    answer = connection.getresponse()
    answer.read()
    cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    return "; ".join(cookies)


def first(port: int, path: str, cookie: str) -> tuple[str, bytes]:
    """Queries and bytes of one answer, after one that warmed up."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(2):
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return answer.getheader("X-Queries") or "?", body


def load(port: int, path: str, cookie: str) -> list[float]:
    """Seconds of each answer while all connections ask one after another."""
    times: list[float] = []
    end = time.monotonic() + SECONDS

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            connection.getresponse().read()
            times.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


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


if __name__ == "__main__":
    main()
