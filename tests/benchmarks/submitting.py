"""How many proposals a second one tender takes: real bidders, real versions, every commit durable."""

import http.client
import re
import statistics
import time
import urllib.parse
import uuid

from odifund.launch.stack import Stack
from tests.benchmarks.asking import CONNECTIONS, at_once, cpu
from tests.benchmarks.crowd import Bidder
from tests.benchmarks.table import share

ROUNDS = 40
"""How often each connection's bidder submits; the price changes in between, so that each is a new version."""


def submit_many(stack: Stack, bidders: list[Bidder], raw: float) -> None:
    """Each connection’s bidder submits over and over; print one line, beside the raw skeleton's rate."""
    submitters = [Submitter(stack.port, each) for each in bidders]
    pid = stack.processes["web"].pid
    before, began = cpu(pid), time.monotonic()
    at_once([submitter.submit for submitter in submitters])
    seconds = time.monotonic() - began
    times = sorted(spent for submitter in submitters for spent in submitter.times)
    receipts = {receipt for submitter in submitters for receipt in submitter.receipts}
    assert len(receipts) == len(times) == ROUNDS * CONNECTIONS
    print(
        f"\nSubmitting: {len(times)} versions on one tender from {CONNECTIONS} connections,"
        f" {len(times) / seconds:.0f} a second, p50 {statistics.median(times) * 1000:.0f} ms,"
        f" p99 {times[int(len(times) * 0.99)] * 1000:.0f} ms,"
        f" {(cpu(pid) - before) * 1000 / len(times):.1f} CPU ms each, {submitters[0].queries} queries;"
        f" {share(len(times) / seconds, raw)} of the raw skeleton's {raw:.0f}."
    )


class Submitter:
    """One bidder's connection."""

    def __init__(self, port: int, bidder: Bidder) -> None:
        cookie, key = f"signed_in={bidder.session}", bidder.proposal
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.path = f"/proposals/{key}/submit/"
        self.times: list[float] = []
        self.receipts: list[str] = []
        self.queries = ""
        self.connection.request("GET", f"/proposals/{key}/check/", headers={"Cookie": cookie})
        answer = self.connection.getresponse()
        page = answer.read().decode()
        token = next(value for _, value in answer.getheaders() if value.startswith("form_key="))
        self.cookie = f"{cookie}; {token.partition(';')[0]}"
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def submit(self) -> None:
        """Every time with a new key, so every time a new version and receipt."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        for _ in range(ROUNDS):
            words = {"csrfmiddlewaretoken": self.token, "key": uuid.uuid4(), "shown": "{}"}
            began = time.perf_counter()
            self.connection.request("POST", self.path, urllib.parse.urlencode(words), headers)
            answer = self.connection.getresponse()
            answer.read()
            self.times.append(time.perf_counter() - began)
            self.receipts.append(answer.getheader("Location") or f"refused: {answer.status}")
            self.queries = answer.getheader("X-Queries") or ""
