"""Anybody checks a receipt: what a register published, and before that nothing at all."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client

from odifund.core import clock
from tenders.actions import submission
from tenders.models import Version
from tenders.queries.opening import register_of
from tests.factories import proposal as made
from tests.factories.tender import published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db


def checked(number="", fingerprint="", **more):
    return words(Client().get("/receipts/", {"number": number, "fingerprint": fingerprint, **more}))


@pytest.fixture
def submitted():
    return made.submit(made.complete_proposal(published_tender()))


def test_before_the_close_a_receipt_that_is_there_and_one_that_is_not_get_the_same_answer(submitted):
    with clock.held_at(submitted.submitted_at + timedelta(hours=1)):
        known = checked(submitted.receipt_number, submitted.fingerprint)
        unknown = checked("SF1-0000", submitted.fingerprint)
    assert f"No register names {submitted.receipt_number}" in known
    assert known.replace(submitted.receipt_number, "SF1-0000") == unknown


def test_after_the_close_it_is_said_that_it_came_in_time_and_nothing_of_who(submitted):
    made.close(submitted.tender)
    page = checked(submitted.receipt_number.lower())
    assert f"{submitted.receipt_number} is in the register of SF1" in page
    assert "It came in time" in page
    assert submitted.title not in page
    assert "Exampleshire" not in page
    assert "The same" not in page


def test_the_fingerprint_is_compared_as_sha256sum_writes_it(submitted):
    made.close(submitted.tender)
    digest = hashlib.sha256(submitted.manifest.encode()).hexdigest()
    said = f"{digest.upper()}  {submitted.receipt_number}.json"
    assert "The fingerprint is the one in the register." in checked(submitted.receipt_number, said)
    other = hashlib.sha256(b"other").hexdigest()
    assert "Not the same" in checked(submitted.receipt_number, other)


@pytest.mark.parametrize("typed", ["123", "x" * 64, "0" * 63, "<script>alert(1)</script>"])
def test_half_a_fingerprint_is_refused_and_kept(submitted, typed):
    answer = Client().get("/receipts/", {"number": submitted.receipt_number, "fingerprint": typed})
    assert "Enter all 64 characters of the fingerprint" in words(answer)
    assert "<script>alert" not in answer.content.decode()


def test_what_was_replaced_or_withdrawn_is_found_with_its_mark():
    tender = published_tender()
    first = made.submit(made.complete_proposal(tender))
    again = made.submit(first.proposal, at=first.submitted_at + timedelta(hours=1))
    gone = made.submit(made.complete_proposal(tender, lead="lead-b", title="Bins on the right day"))
    at = gone.submitted_at + timedelta(minutes=1)
    with clock.held_at(at):
        submission.withdraw(gone.proposal, by=gone.proposal.started_by, seen_at=at)
    made.close(tender)
    assert Version.objects.count() == 3
    marks = {row["receipt_number"]: row["mark"] for row in register_of(tender).content["others"]}
    assert marks == {first.receipt_number: "replaced by a later one", gone.receipt_number: "withdrawn"}
    assert "does not count: it was replaced by a later one" in checked(first.receipt_number)
    assert "does not count: it was withdrawn" in checked(gone.receipt_number)
    assert "It came in time" in checked(again.receipt_number)
    page = words(Client().get("/tenders/SF1/register/"))
    assert "1 proposal came in time" in page
    assert "2 receipts that do not count" in page


def test_an_empty_form_asks_for_nothing_and_a_strange_number_finds_nothing(submitted):
    assert "There is a problem" not in words(Client().get("/receipts/"))
    made.close(submitted.tender)
    for number in ("SF1", "SF1-", "-", "SF1-1234\x01", "' or 1=1", "SF9-1111"):
        assert "No register names" in checked(number), number
    assert "must be 40 characters or fewer" in checked("S" * 41)


def test_a_practice_is_not_checked_from_outside(submitted):
    tender = submitted.tender
    made.close(tender)
    type(tender).objects.filter(pk=tender.pk).update(is_practice=True)
    assert "No register names" in checked(submitted.receipt_number)
