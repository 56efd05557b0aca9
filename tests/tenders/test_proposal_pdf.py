"""A proposal as a PDF: everything it says, tagged, for its own people alone."""

import re

import pytest
from django.test import Client

from odifund.core import clock
from tests import cast
from tests.factories import proposal as made
from tests.printed import words

pytestmark = pytest.mark.django_db

SIGNS = "#set page(fill: red) $x^2$ *b* `c` <script>alert(1)</script>"


def read(client, address, at):
    with clock.held_at(at):
        answer = client.get(address)
    return answer, b"".join(answer.streaming_content) if answer.streaming else b""


@pytest.fixture
def proposal():
    return made.complete_proposal(title=f"Repairs {SIGNS}"[:110])


@pytest.fixture
def priya(proposal):
    client = Client()
    client.force_login(proposal.started_by)
    return client


def test_the_draft_says_all_of_it_and_that_it_is_one(priya, proposal):
    answer, pdf = read(priya, f"/proposals/{proposal.pk}/preview.pdf", made.written_at(proposal.tender))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="SF1-draft.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(en-GB)" in pdf
    for tag in (b"/H1", b"/H2", b"/TH", b"/TD", b"/LI"):
        assert re.search(rb"/S\s*" + tag + rb"\b", pdf), tag
    said = words(pdf)
    for told in (
        "This is not a submitted version",
        "Exampleshire County Council, local authority (lead)",
        "Need and users",
        made.TEXT,
        "Repairs team",
        "4,500.00",
        "£45,370.50",
        "letters of support.pdf",
        "alert(1)",
    ):
        assert told in said, told


def test_what_was_submitted_says_its_receipt_and_is_the_same_each_time(priya, proposal):
    version = made.submit(proposal)
    address = f"/proposals/{proposal.pk}/receipts/1/proposal.pdf"
    answer, pdf = read(priya, address, version.submitted_at)
    assert answer["Content-Disposition"] == f'attachment; filename="{version.receipt_number}.pdf"'
    said = words(pdf)
    assert f"Receipt number {version.receipt_number}" in said
    assert version.fingerprint in "".join(said.split()).replace("\u200b", "")
    later = proposal.tender.proposals_close_at
    assert read(priya, address, later)[1] == pdf


@pytest.mark.parametrize("who", ["lead-b", "manager", "observer", "administrator", "newcomer"])
def test_nobody_else_gets_it(proposal, who):
    version = made.submit(proposal)
    client = Client()
    client.force_login(cast.person(who, at=version.submitted_at))
    for address in ("preview.pdf", "receipts/1/proposal.pdf"):
        assert read(client, f"/proposals/{proposal.pk}/{address}", version.submitted_at)[0].status_code == 404


def test_an_empty_draft_can_be_kept_too():
    begun = made.draft_proposal(lead="lead-b", members=())
    client = Client()
    client.force_login(begun.started_by)
    answer, pdf = read(client, f"/proposals/{begun.pk}/preview.pdf", made.written_at(begun.tender))
    assert answer.status_code == 200
    assert "Nothing answered." in words(pdf)
