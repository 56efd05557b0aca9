"""A file on its way outlives the processes that took it in, and is scanned by the worker when it is here."""

import hashlib
import json
import os
import urllib.parse
import urllib.request

import pytest

from tests.processes.conftest import wait_for

pytestmark = pytest.mark.slow
FILE = b"%PDF-1.7\n" + os.urandom(900_000) + b"\n%%EOF"
HALF = 500_000
KEY = "k" * 32
BEGUN = """
from django.test import Client
from tests.factories.proposal import draft_proposal
from tests.tenders.test_races import open_now
proposal = draft_proposal(open_now())
client = Client()
client.force_login(proposal.started_by)
print(proposal.pk, client.cookies["signed_in"].value)
"""


class Sender:
    """What a browser sends for somebody named on a proposal."""

    def __init__(self, stack):
        self.stack = stack
        self.proposal, self.session = stack.run(BEGUN).split()

    def post(self, path, data, **headers):
        cookies = f"signed_in={self.session}; form_key={KEY}"
        told = {"Cookie": cookies, "X-CSRFToken": KEY, "Accept": "application/json", **headers}
        asked = urllib.request.Request(f"{self.stack.address}{path}", data, told)
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return json.load(answer)

    def begin(self):
        said = {"name": "plan.pdf", "size": len(FILE), "sha256": hashlib.sha256(FILE).hexdigest()}
        return self.post(f"/proposals/{self.proposal}/uploads/", urllib.parse.urlencode(said).encode())

    def piece(self, address, data, after):
        headers = {"Content-Type": "application/octet-stream", "Upload-Offset": str(after)}
        return self.post(address, data, **headers)


def is_well(stack):
    try:
        with urllib.request.urlopen(f"{stack.address}/healthz", timeout=10) as answer:
            return answer.status == 200
    except OSError:
        return False


def test_it_goes_on_after_web_and_database_were_killed_and_is_scanned(stack, clamd):
    stack.given |= {"CLAMD": clamd.address}
    stack.start()
    sender = Sender(stack)
    address = sender.begin()["address"]
    assert sender.piece(address, FILE[:HALF], 0) == {"received": HALF}
    stack.kill("web")
    stack.kill("database")
    stack.start_again("database")
    stack.start_again("web")
    wait_for(lambda: is_well(stack))
    assert sender.begin() == {"address": address, "received": HALF}
    assert "plan.pdf" in sender.piece(address, FILE[HALF:], HALF)["listed"]
    digest = hashlib.sha256(FILE).hexdigest()
    asked = "SELECT scan FROM core_storedfile WHERE sha256 = %s"
    wait_for(lambda: stack.ask(asked, digest) == "clean")
