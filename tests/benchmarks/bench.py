"""`make bench`: main pages and raw views on the production server, in one run on this machine.

Prints tables in Markdown: queries, bytes, requests a second, CPU, and the share of the raw 50-row view; on
the demonstration, then with 10, 1,000 and 10,000 tenders, then among 100, 10,000 and 100,000 proposals of
other rounds; then files of 10 MB and signing in, beside the same without the portal; then how many
proposals a second are taken on one tender, and the rush before a deadline (rush.py; BENCH_CONSORTIA=20
makes it small). Starts the portal in a folder of its own with the demonstration, and ends it again.
BENCH_SECONDS=0.5 asks each page for half a second: to see that it works, not to read figures from.
"""

import os
import platform
import random
import socket
import tempfile
from pathlib import Path

import django

from odifund.launch.stack import Stack
from odifund.launch.workplace import workplace
from tests.benchmarks import proposals, rush, table, tenders
from tests.benchmarks.asking import CONNECTIONS, Ask, load, signed_in, tag_of, to_sign_in
from tests.benchmarks.crowd import Bidder, bidders
from tests.benchmarks.submitting import submit_many
from tests.processes.conftest import OwnedStack

SECONDS = float(os.environ.get("BENCH_SECONDS") or 4)
RAW = (
    "/raw/bare/",
    "/raw/nothing/",
    "/raw/one-query/",
    "/raw/insert/",
    "/raw/submit/",
    "/raw/fifty-from-memory/",
    "/raw/fifty-rows/",
)
"""From Django's handler alone to fifty rows, of which each page has its share."""
TEN_MB = 10_000_000
FILES_EACH = 16
"""A draft has 20 files at most; so many are sent to each at the most, and two that warm up."""
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

AMONG_MANY = (
    ("lead-a", "/home/"),
    ("manager", "/home/"),
    ("manager", "/staff/tenders/"),
    ("manager", "/staff/tenders/SF3/"),
    ("manager", "/staff/tenders/SF3/ranking/"),
    ("evaluator-1", "/home/"),
    ("evaluator-1", "/panel/SF3/"),
    ("observer", "/staff/trail/"),
    ("observer", "/staff/outbox/"),
    ("", "/tenders/SF2/register/"),
    ("", "/tenders/SF2/outcome/"),
)
"""What is asked among more and more proposals of other rounds."""


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
    for size in proposals.SIZES:
        proposals.fill(size, stack.database.owner)
        report(stack, f"{size:,} proposals", AMONG_MANY)
    tender = tender_to_submit_to()
    made = bidders(tender, CONNECTIONS + int(os.environ.get("BENCH_CONSORTIA") or 300))
    uploaders, crowd = made[:CONNECTIONS], made[CONNECTIONS:]
    dear(stack, uploaders)
    raw = load(stack.port, [Ask("/raw/submit/")] * CONNECTIONS, SECONDS)
    submit_many(stack, crowd[:CONNECTIONS], raw.rate)
    rush.run(stack, [rush.Client(stack.port, each) for each in crowd], tender.reference)


def tender_to_submit_to():
    """The open tender of the demonstration."""
    from tenders.models import Tender

    return Tender.objects.get(reference="SF4")


def report(stack: Stack, title: str, pages: tuple[tuple[str, str], ...]) -> None:
    """The raw views and each page, a line each."""
    table.head(title, "share of 50 rows")
    for path in RAW[:-1]:
        table.line(stack, "", Ask(path), SECONDS)
    fifty = table.line(stack, "", Ask(RAW[-1]), SECONDS)
    for who, path in pages:
        table.line(stack, who, Ask(path, headers(stack.port, who, path)), SECONDS, of=fifty)


def dear(stack: Stack, uploaders: list[Bidder]) -> None:
    """What costs much wherever it is done, and what the portal does in its place."""
    table.head("Files and signing in", "share of raw")
    raw = table.line(stack, "", Ask("/raw/upload/", body=random.randbytes(TEN_MB)), SECONDS)
    clients = [rush.Client(stack.port, each) for each in uploaders]
    uploads = [client.to_upload(TEN_MB) for client in clients]
    name = "/proposals/…/attachments/"
    table.line(stack, "leads", uploads, SECONDS, name=name, of=raw, most=FILES_EACH)
    raw = table.line(stack, "", Ask("/raw/sign-in/"), SECONDS)
    table.line(stack, "manager", to_sign_in("manager"), SECONDS, of=raw)


def headers(port: int, who: str, path: str) -> dict[str, str]:
    """What a browser of this reader sends along."""
    if who == "has it":
        return {"If-None-Match": tag_of(port, path)}
    return {"Cookie": signed_in(port, who)} if who else {}


if __name__ == "__main__":
    main()
