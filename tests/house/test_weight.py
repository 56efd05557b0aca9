"""What a first visit weighs over the wire, and what compression may not touch."""

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from odifund.core import clock, files
from odifund.core.http import Compression
from tests import cast
from tests.factories.tender import published_tender
from tests.house.source import ROOT
from tests.tenders.test_tender_page import MONDAY

pytestmark = pytest.mark.django_db
BUDGET = 60_000


def sent(client, address, **headers):
    with clock.held_at(MONDAY):
        return client.get(address, headers={"accept-encoding": "gzip"} | headers)


def test_a_first_visit_to_a_tender_stays_under_its_budget_with_all_it_loads(client):
    published_tender()
    page = sent(client, "/tenders/SF1/")
    html = gzip.decompress(page.content).decode()
    loads = set(re.findall(r'(?:href|src|data-govuk)="/static/([^"]+)"', html))
    assert len(loads) == 4
    static = sum(len(gzip.compress((ROOT / "static" / name).read_bytes())) for name in loads)
    assert len(page.content) < 15_000
    assert len(page.content) + static < BUDGET


def test_the_length_of_a_page_is_padded_at_random(client):
    """Else whoever can make somebody ask, and sees the length, guesses the form's key (BREACH)."""
    published_tender()
    assert len({len(sent(client, "/tenders/SF1/").content) for _ in range(8)}) > 1


def test_who_cannot_unpack_gets_the_page_as_it_is(client):
    published_tender()
    page = sent(client, "/tenders/SF1/", **{"accept-encoding": "identity"})
    assert "Content-Encoding" not in page.headers
    assert b"Stimulus fund" in page.content


def test_a_file_goes_out_as_it_was_received_and_with_its_length():
    upload = SimpleUploadedFile("words.csv", b"word " * 1000)
    stored = files.store(upload, kind="text/csv", by=cast.person("lead-a", at=MONDAY), at=MONDAY)
    asked = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    answer = Compression(lambda request: files.download(stored))(asked)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Content-Length"] == "5000"
    assert b"".join(answer.streaming_content) == b"word " * 1000
    answer.close()
