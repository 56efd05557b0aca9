"""`make bench`: main pages and raw views on the production server, in one run on this machine.

Prints a table in Markdown: queries, bytes, requests a second, CPU, and the share of the raw
50-row view; then how many proposals a second are taken on one tender. Starts the portal in a folder
of its own with the demonstration, and ends it again.
"""

import gzip
import os
import platform
import socket
import statistics
import tempfile
from pathlib import Path

from odifund.launch.stack import Stack
from odifund.launch.workplace import workplace
from tests.benchmarks.asking import CONNECTIONS, cpu, first, load, signed_in
from tests.benchmarks.submitting import submit_many

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
            submit_many(stack)
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
        before, times = cpu(pid), load(port, path, cookie, SECONDS)
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


if __name__ == "__main__":
    main()
