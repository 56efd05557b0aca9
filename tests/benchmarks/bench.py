"""`make bench`: main pages and raw views on the production server, in one run on this machine.

Prints tables in Markdown: queries, bytes, requests a second, CPU, and the share of the raw 50-row
view; on the demonstration, then with 10, 1,000 and 10,000 tenders; then how many proposals a second are
taken on one tender, and the rush before a deadline (rush.py; BENCH_CONSORTIA=20 makes it small). Starts
the portal in a folder of its own with the demonstration, and ends it again.
BENCH_SECONDS=0.5 asks each page for half a second: to see that it works, not to read figures from.
"""

import gzip
import os
import platform
import socket
import statistics
import tempfile
from pathlib import Path

import django

from odifund.launch.stack import Stack
from odifund.launch.workplace import workplace
from tests.benchmarks import rush, tenders
from tests.benchmarks.asking import CONNECTIONS, cpu, first, load, signed_in, tag_of
from tests.benchmarks.crowd import bidders
from tests.benchmarks.submitting import submit_many
from tests.processes.conftest import OwnedStack

SECONDS = float(os.environ.get("BENCH_SECONDS") or 4)
RAW = ("/raw/nothing/", "/raw/one-query/", "/raw/submit/", "/raw/fifty-rows/")
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

OF_MANY = (
    ("", "/"),
    ("", "/tenders/"),
    ("has it", "/tenders/"),
    ("", "/tenders/?page=2"),
    ("", "/tenders/SF4/"),
    ("has it", "/tenders/SF4/"),
    ("", "/tenders/SF4/itt.pdf"),
    ("manager", "/staff/tenders/"),
    ("manager", "/staff/tenders/?q=round+9"),
    ("manager", "/staff/tenders/?status=closed"),
)
"""What is asked with more and more tenders. "has it" is a browser that has the page already."""


def main() -> None:
    """Start, measure, print, end."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        place = workplace(Path(folder) / "var")
        place.make()
        given = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
        stack = OwnedStack(place, port, given)
        try:
            stack.start_servers()
            stack.prepare()
            stack.load_demonstration(lambda line: None)
            stack.start_portal()
            os.environ |= stack.environment() | {"DJANGO_SETTINGS_MODULE": "odifund.settings"}
            django.setup()
            measure(stack)
        finally:
            stack.end()
            place.empty()


def measure(stack: Stack) -> None:
    """The demonstration, then a longer and longer history, then submitting."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {CONNECTIONS} connections.")
    report(stack, "The demonstration", PAGES)
    for size in tenders.SIZES:
        tenders.fill(size, stack.database.owner)
        report(stack, f"{size:,} tenders", OF_MANY)
    tender = tender_to_submit_to()
    crowd = bidders(tender, int(os.environ.get("BENCH_CONSORTIA") or 300))
    submit_many(stack, crowd[:CONNECTIONS])
    rush.run(stack, [rush.Client(stack.port, each) for each in crowd], tender.reference)


def tender_to_submit_to():
    """The open tender of the demonstration."""
    from tenders.models import Tender

    return Tender.objects.get(reference="SF4")


def report(stack: Stack, title: str, pages: tuple[tuple[str, str], ...]) -> None:
    """The raw views and each page, a line each."""
    print(f"\n{title}\n")
    print("| who | page | queries | bytes | gzip | a second | p50 ms | p99 ms | CPU ms | share of 50 rows |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    fifty = 0.0
    for who, path in [*(("", raw) for raw in RAW), *pages]:
        rate, line = measured(stack, who, path)
        fifty = rate if path == RAW[-1] else fifty
        print(f"{line} {f'{rate / fifty:.0%}' if fifty else ''} |", flush=True)


def measured(stack: Stack, who: str, path: str) -> tuple[float, str]:
    """How many a second, and the line but its last cell."""
    port, pid = stack.port, stack.processes["web"].pid
    asked = headers(port, who, path)
    queries, body = first(port, path, asked)
    before, times = cpu(pid), load(port, path, asked, SECONDS)
    rate, spent = len(times) / SECONDS, (cpu(pid) - before) * 1000 / len(times)
    p50, p99 = statistics.median(times) * 1000, sorted(times)[int(len(times) * 0.99)] * 1000
    line = (
        f"| {who or 'anybody'} | `{path}` | {queries} | {len(body)} | {len(gzip.compress(body))}"
        f" | {rate:.0f} | {p50:.0f} | {p99:.0f} | {spent:.1f} |"
    )
    return rate, line


def headers(port: int, who: str, path: str) -> dict[str, str]:
    """What a browser of this reader sends along."""
    if who == "has it":
        return {"If-None-Match": tag_of(port, path)}
    return {"Cookie": signed_in(port, who)} if who else {}


if __name__ == "__main__":
    main()
