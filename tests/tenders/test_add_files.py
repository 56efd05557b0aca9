"""Adding files by the page's plain form: several at once, each refused or taken for itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from odifund.core import clock
from odifund.core.models import StoredFile
from tests import cast
from tests.factories import proposal as made
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"
# A PDF that a browser would take for a page and a zip program for an archive.
POLYGLOT = b"%PDF-1.7\n<html><script>alert(1)</script></html>\nPK\x03\x04PK\x05\x06" + bytes(18) + b"\n%%EOF"


@pytest.fixture
def proposal():
    return made.draft_proposal()


@pytest.fixture
def priya(proposal):
    client = Client()
    client.force_login(proposal.started_by)
    with clock.held_at(made.written_at(proposal.tender)):
        yield client


def send(client, proposal, *files, **more):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    address = reverse("tenders:attachments", args=[proposal.pk])
    return client.post(address, {"file": sent, "sent": "yes", **more})


def names(proposal):
    kept = proposal.attachments.filter(removed_at=None).order_by("file__uploaded_at", "added_at", "pk")
    return sorted(kept.values_list("file__name", flat=True))


def test_several_go_at_once(proposal, priya):
    assert send(priya, proposal, ("a.pdf", PDF), ("b.txt", b"words"), ("a.pdf", PDF)).status_code == 302
    assert names(proposal) == ["a.pdf", "a.pdf", "b.txt"]


def test_one_that_is_refused_holds_up_no_other_and_each_is_named(proposal, priya):
    answer = send(
        priya, proposal, ("a.pdf", PDF), ("b.exe", b"MZ" + bytes(5000)), ("c.pdf", b""), ("d.pdf", PDF)
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "“b.exe” is a program (5 KB). Choose PDF" in page
    assert "“c.pdf” is empty" in page
    assert "Added: “a.pdf”, “d.pdf”. The rest is not." in page
    assert answer.content.decode().count('href="#id_file"') == 2
    assert names(proposal) == ["a.pdf", "d.pdf"]


def test_past_the_twentieth_the_rest_is_named(proposal, priya):
    files = [(f"{number}.pdf", PDF) for number in range(22)]
    answer = send(priya, proposal, *files)
    assert answer.status_code == 422
    assert "“21.pdf” is not added. A proposal has 20 files at most." in words(answer)
    assert len(names(proposal)) == StoredFile.objects.count() == 20


def test_no_form_has_the_files_of_another(proposal, priya):
    from tenders.forms.attachment import AttachmentsForm

    assert send(priya, proposal, ("a.pdf", PDF)).status_code == 302
    assert list(AttachmentsForm().taken) == list(AttachmentsForm({}, {}).taken) == []


def test_nothing_chosen_is_said(proposal, priya):
    answer = send(priya, proposal)
    assert answer.status_code == 422
    assert "Choose a file" in words(answer)


def test_the_same_files_sent_twice_by_a_double_click_are_there_once(proposal, priya):
    key = {"sent_once": "a" * 32}
    for _ in range(2):
        assert send(priya, proposal, ("a.pdf", PDF), ("b.pdf", PDF), **key).status_code == 302
    assert names(proposal) == ["a.pdf", "b.pdf"]
    assert send(priya, proposal, ("c.pdf", PDF), ("b.pdf", PDF), **key).status_code == 302
    assert names(proposal) == ["a.pdf", "b.pdf", "b.pdf", "c.pdf"]


def test_a_polyglot_is_what_it_begins_as_and_is_only_ever_downloaded(proposal, priya):
    assert send(priya, proposal, ("both.pdf", POLYGLOT)).status_code == 302
    added = proposal.attachments.get()
    answer = priya.get(reverse("tenders:attachment", args=[proposal.pk, added.pk]))
    assert answer["Content-Type"] == added.file.kind == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="both.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == POLYGLOT


@pytest.mark.parametrize("name", ["both.html", "both.zip", "both.docx"])
def test_a_polyglot_under_another_name_is_no_other_kind(proposal, priya, name):
    answer = send(priya, proposal, (name, POLYGLOT))
    if name == "both.docx":
        assert answer.status_code == 422
        assert "though its name says Word" in words(answer)
    else:
        assert proposal.attachments.get().file.kind == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<!doctype html>" + PDF),
        ("zip.pdf", b"PK\x03\x04" + PDF),
        ("shell.pdf", b"#!/bin/sh\n" + PDF),
        ("text.txt", b"words\x00" + PDF),
    ],
)
def test_what_begins_as_something_else_is_no_pdf(proposal, priya, name, content):
    assert send(priya, proposal, (name, content)).status_code == 422
    assert names(proposal) == []


def test_a_rival_sends_nothing(proposal, priya):
    priya.force_login(cast.person("lead-b", at=made.written_at(proposal.tender)))
    assert send(priya, proposal, ("a.pdf", PDF)).status_code == 404


def test_what_may_be_sent_is_said_before(proposal, priya):
    page = words(priya.get(reverse("tenders:attachments", args=[proposal.pk])))
    assert "You can choose several at once. PDF, Word (.docx)" in page
    assert "PNG or JPEG, up to 20 MB." in page
