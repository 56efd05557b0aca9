"""How many proposals a second one tender takes: real bidders, real versions, every commit durable."""

import http.client
import re
import statistics
import time
import urllib.parse
import uuid
from decimal import Decimal

from odifund.launch.stack import Stack
from tests.benchmarks.asking import CONNECTIONS, at_once, cpu

ROUNDS = 40
"""How often each connection's bidder submits; the price changes in between, so that each is a new version."""


def submit_many(stack: Stack) -> None:
    """Prepare a bidder for each connection, submit over and over, and print one line."""
    bidders = [_bidder(number) for number in range(CONNECTIONS)]
    submitters = [Submitter(stack.port, *bidder) for bidder in bidders]
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
        f" {(cpu(pid) - before) * 1000 / len(times):.1f} CPU ms each, {submitters[0].queries} queries."
    )


class Submitter:
    """One bidder's connection."""

    def __init__(self, port: int, cookie: str, key: uuid.UUID) -> None:
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


def _bidder(number: int) -> tuple[str, uuid.UUID]:
    """Somebody signed in, with a proposal that only waits to be submitted."""
    from django.test import Client

    from odifund.core import clock
    from odifund.core.models import Person
    from tenders.models import Tender

    tender, at = Tender.objects.get(reference="SF4"), clock.now()
    person = Person.objects.make(f"bidder-{number}@example.org", f"Bidder {number}", joined_at=at)
    proposal = _proposal(tender, person, number, at)
    client = Client()
    client.force_login(person)
    return f"signed_in={client.cookies['signed_in'].value}", proposal.pk


def _proposal(tender, person, number, at):
    """A complete draft, through the portal's own actions."""
    from consortia.actions import organisation
    from odifund.core.models import Person
    from tenders.actions import consortium, cost_line, proposal, section_text

    lead = organisation.add(name=f"Bench Council {number}", kind="local_authority", by=person, at=at)
    formed = consortium.form(tender, lead=lead, name=f"Bench {number}", by=person)
    partner = Person.objects.make(f"partner-{number}@example.org", f"Partner {number}", joined_at=at)
    joins = organisation.add(name=f"Bench Studio {number}", kind="service_design", by=partner, at=at)
    sent = consortium.invite(formed, organisation_name=joins.name, email=partner.email, by=person)
    consortium.accept(sent, key="", organisation=joins, by=partner)
    made = proposal.start(tender, formed, title=f"Bench {number}", by=person, at=at)
    proposal.set_delivery_model(made, delivery_model="information", by=person, at=at)
    for section in tender.sections.all():
        section_text.save(made, section, text=f"{section.title}. " * 50, base_revision=0, by=person, at=at)
    for line in range(10):
        cost = cost_line.Cost(lead, f"Work {line}", days=Decimal(4), day_rate=Decimal(450))
        cost_line.add(made, cost, by=person, at=at)
    return made
