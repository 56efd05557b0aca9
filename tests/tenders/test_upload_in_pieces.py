"""Files that arrive in pieces: cut off and gone on with, sent twice, swept, limited, and never mixed."""

import gc
import hashlib
import os
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from odifund.core import clock, files, parts
from odifund.core.models import Person, StoredFile
from tenders import tasks
from tenders.actions import attachment
from tenders.actions import upload as uploads
from tenders.models import Proposal, Upload
from tenders.queries import sending
from tenders.views import upload as views
from tests import cast
from tests.core.damaged import WORD, with_a_name_that_is_no_text
from tests.factories import proposal as made
from tests.factories.tender import draft_tender, published
from tests.tenders.test_races import at_once, open_now

FILE = b"%PDF-1.7\n" + bytes(range(256)) * 2000 + b"\n%%EOF"
DIGEST = hashlib.sha256(FILE).hexdigest()


@pytest.fixture
def proposal(db):
    return made.draft_proposal()


@pytest.fixture
def sender(proposal):
    return Browser("lead-a", proposal)


class Browser:
    """What the page's script does, for one person."""

    def __init__(self, player, proposal, *, checks=False):
        self.at = made.written_at(proposal.tender)
        self.client = Client(enforce_csrf_checks=checks)
        if player:
            self.client.force_login(cast.person(player, at=self.at))
        self.begin_at = reverse("tenders:begin_upload", args=[proposal.pk])

    def begin(self, name="plan.pdf", content=FILE, **more):
        said = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        with clock.held_at(self.at):
            return self.client.post(self.begin_at, said | more, headers={"accept": "application/json"})

    def piece(self, address, data, after, **headers):
        with clock.held_at(self.at):
            return self.client.post(
                address,
                data,
                content_type="application/octet-stream",
                headers={"upload-offset": str(after), "accept": "application/json", **headers},
            )

    def send(self, name="plan.pdf", content=FILE, size=200_000, **more):
        """All of it, piece by piece; the last answer."""
        begun = self.begin(name, content, **more)
        if begun.status_code != 200:
            return begun
        address, received = begun.json()["address"], begun.json()["received"]
        while True:
            answer = self.piece(address, content[received : received + size], received)
            if answer.status_code != 200 or "listed" in answer.json():
                return answer
            received = answer.json()["received"]


def path_of(upload, settings):
    return Path(settings.MEDIA_ROOT) / "parts" / upload.pk.hex


def test_a_file_arrives_in_pieces_and_is_listed(proposal, sender, settings):
    answer = sender.send()
    assert answer.status_code == 200
    added = proposal.attachments.get()
    assert (added.file.name, added.file.kind, added.file.sha256) == ("plan.pdf", "application/pdf", DIGEST)
    assert files.digest_of(added.file) == DIGEST
    assert reverse("tenders:remove_attachment", args=[proposal.pk, added.pk]) in answer.json()["listed"]
    assert not path_of(Upload.objects.get(), settings).exists()


def test_one_that_was_cut_off_goes_on_where_it_stopped(proposal, sender):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:300_000], 0)
    again = sender.begin().json()
    assert again == {"address": address, "received": 300_000}
    assert sender.client.get(address).json() == {"received": 300_000}
    assert "listed" in sender.piece(address, FILE[300_000:], 300_000).json()
    assert proposal.attachments.get().file.sha256 == DIGEST


def test_what_a_killed_process_wrote_beyond_is_cut_off(proposal, sender, settings):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:300_000], 0)
    with path_of(Upload.objects.get(), settings).open("ab") as file:
        file.write(b"half a piece of a process that was killed")
    sender.piece(address, FILE[300_000:], 300_000)
    assert proposal.attachments.get().file.sha256 == DIGEST


def test_a_piece_sent_again_is_written_once(proposal, sender):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:300_000], 0)
    again = sender.piece(address, FILE[:300_000], 0)
    assert (again.status_code, again.json()) == (409, {"received": 300_000})
    beyond = sender.piece(address, FILE[300_000:] + b"more", 300_000)
    assert (beyond.status_code, beyond.json()) == (409, {"received": 300_000})


def test_the_last_piece_asked_for_again_finds_the_file(proposal, sender):
    first = sender.send()
    address = reverse("tenders:upload", args=[proposal.pk, Upload.objects.get().pk])
    again = sender.piece(address, b"", len(FILE))
    assert first.json() == again.json()
    assert proposal.attachments.count() == StoredFile.objects.count() == 1


def test_where_bytes_were_lost_it_begins_anew(proposal, sender, settings):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:300_000], 0)
    path_of(Upload.objects.get(), settings).unlink()
    lost = sender.piece(address, FILE[300_000:], 300_000)
    assert (lost.status_code, lost.json()) == (409, {"received": 0})
    assert "listed" in sender.piece(address, FILE, 0).json()


def test_a_damaged_file_is_refused_and_forgotten(proposal, sender, settings):
    address = sender.begin().json()["address"]
    damaged = FILE[:1000] + b"x" + FILE[1001:]
    answer = sender.piece(address, damaged, 0)
    assert answer.status_code == 422
    assert answer.json() == {"problem": "“plan.pdf” was damaged on its way. Send it again."}
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()
    assert not (Path(settings.MEDIA_ROOT) / "parts" / address.split("/")[-2].replace("-", "")).exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"", "“plan.pdf” is empty"),
        ("plan.exe", b"MZ" + bytes(9000), "“plan.exe” is a program (9 KB). Choose PDF, Word"),
        ("page.pdf", b"<html>%PDF-1.7 %%EOF", "“page.pdf” is a web page"),
        ("plan.pdf", b"%PDF-1.7 cut off", "“plan.pdf” is damaged or cut off"),
        ("plan.docx", with_a_name_that_is_no_text(WORD), "“plan.docx” is damaged or cut off"),
        ("plan.docx", FILE, "“plan.docx” is a PDF file, though its name says Word (.docx)"),
        ("plan.zip", b"PK\x05\x06" + bytes(18), "“plan.zip” is of a type that we do not know"),
    ],
)
def test_what_may_not_be_sent_is_refused_with_its_type_and_size(proposal, sender, name, content, said):
    answer = sender.send(name, content)
    assert answer.status_code == 422
    assert said in answer.json()["problem"]
    assert not Upload.objects.exists()
    assert not proposal.attachments.exists()


def test_one_too_large_is_refused_before_it_is_sent(proposal, sender):
    answer = sender.begin(size=21 * 1024 * 1024)
    assert answer.status_code == 422
    assert answer.json()["problem"] == "“plan.pdf” is 21 MB. A file can be 20 MB at most"


@pytest.mark.parametrize(
    "said", [{"name": ""}, {"size": "-1"}, {"size": "many"}, {"sha256": "x"}, {"section": "x"}]
)
def test_what_cannot_be_understood_is_refused(proposal, sender, said):
    assert sender.begin(**said).status_code == 422


@pytest.mark.parametrize("after", ["", "-1", "1.5", "x", "9" * 5000])
def test_a_piece_says_where_it_begins(proposal, sender, after):
    assert sender.piece(sender.begin().json()["address"], b"x", after).status_code == 400


def test_a_piece_is_one_megabyte_at_most(proposal, sender):
    large = sender.piece(sender.begin().json()["address"], bytes(views.PIECE + 1), 0)
    assert large.status_code == 413


@pytest.mark.parametrize("player", ["partner-a", "lead-b", "manager", "observer", "administrator", "finance"])
def test_nobody_else_reaches_a_file_on_its_way(proposal, sender, player):
    address = sender.begin().json()["address"]
    other = Browser(player, proposal)
    assert other.client.get(address).status_code == 404
    assert other.piece(address, FILE, 0).status_code == 404
    assert other.begin().status_code == (200 if player == "partner-a" else 404)
    assert proposal.attachments.count() == 0


def test_a_partner_who_sends_the_same_file_begins_their_own(proposal, sender):
    sender.piece(sender.begin().json()["address"], FILE[:1000], 0)
    assert Browser("partner-a", proposal).begin().json()["received"] == 0


def test_whoever_is_not_signed_in_is_told_in_a_sentence(proposal, sender):
    address = sender.begin().json()["address"]
    answer = Browser("", proposal).piece(address, FILE, 0)
    assert answer.status_code == 403
    assert "You are signed out" in answer.json()["problem"]


def test_each_request_needs_the_form_s_key(proposal):
    sender = Browser("lead-a", proposal, checks=True)
    assert sender.begin().status_code == 403
    address = reverse("tenders:upload", args=[proposal.pk, proposal.pk])
    assert "problem" in sender.piece(address, FILE, 0).json()


def test_nothing_arrives_on_the_deadline(proposal, sender):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:1000], 0)
    sender.at = proposal.tender.proposals_close_at
    for late in (sender.piece(address, FILE[1000:], 1000), sender.begin()):
        assert late.status_code == 409
        assert "have closed" in late.json()["problem"]
    assert not proposal.attachments.exists()


def test_the_same_file_goes_into_every_slot_and_again(db):
    draft = draft_tender()
    of_files = draft.sections.last()
    type(of_files).objects.filter(pk=of_files.pk).update(kind="files")
    proposal = made.draft_proposal(published(draft))
    sender = Browser("lead-a", proposal)
    for section in ({}, {}, {"section": str(of_files.pk)}, {"section": str(of_files.pk)}):
        assert sender.send(**section).status_code == 200
    assert proposal.attachments.filter(section=of_files).count() == 2
    assert proposal.attachments.filter(section=None).count() == 2
    assert set(StoredFile.objects.values_list("sha256", flat=True)) == {DIGEST}


def test_a_section_that_takes_no_files_is_no_slot(proposal, sender):
    assert sender.begin(section=str(proposal.tender.sections.first().pk)).status_code == 404


def fill(proposal, sender, count):
    for number in range(count):
        upload = SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7 %%EOF")
        by = cast.person("lead-a", at=sender.at)
        attachment.add(proposal, upload, kind="application/pdf", by=by, at=sender.at)


def test_the_twenty_first_is_refused_before_it_is_sent(proposal, sender):
    fill(proposal, sender, attachment.MOST)
    answer = sender.begin()
    assert (answer.status_code, answer.json()) == (422, {"problem": attachment.TOO_MANY})


def test_the_twenty_first_that_was_on_its_way_is_refused_and_leaves_nothing(proposal, sender, settings):
    address = sender.begin().json()["address"]
    fill(proposal, sender, attachment.MOST)
    answer = sender.piece(address, FILE, 0)
    assert (answer.status_code, answer.json()) == (422, {"problem": attachment.TOO_MANY})
    assert StoredFile.objects.count() == attachment.MOST
    assert not Upload.objects.exists()


def test_nobody_fills_the_storage(proposal, sender, monkeypatch):
    monkeypatch.setattr(sending, "MOST_A_DAY", 3 * len(FILE))
    assert sender.send().status_code == sender.send().status_code == 200
    assert sender.begin(content=FILE[:-1]).status_code == 200
    full = sender.begin(content=FILE[:-2])
    assert full.status_code == 422
    assert "in the last 24 hours" in full.json()["problem"]
    assert Browser("partner-a", proposal).begin().status_code == 200
    sender.at += timedelta(days=1, minutes=1)
    assert sender.begin(content=FILE[:-2]).status_code == 200


def test_only_so_many_are_on_their_way_at_once_and_idle_ones_make_room(proposal, sender, monkeypatch):
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 2)
    assert sender.begin(name="1.pdf").status_code == sender.begin(name="2.pdf").status_code == 200
    refused = sender.begin(name="3.pdf")
    assert (refused.status_code, "Too many files" in refused.json()["problem"]) == (422, True)
    sender.at += timedelta(hours=1, minutes=1)
    assert sender.begin(name="3.pdf").status_code == 200
    assert Upload.objects.count() == 1


def test_what_nobody_went_on_with_for_a_day_is_forgotten(proposal, sender, settings):
    address = sender.begin().json()["address"]
    sender.piece(address, FILE[:1000], 0)
    path = path_of(Upload.objects.get(), settings)
    uploads.forget(sender.at + timedelta(hours=23))
    assert Upload.objects.exists()
    long_ago = (sender.at - timedelta(days=1)).timestamp()
    os.utime(path, (long_ago, long_ago))
    uploads.forget(sender.at + timedelta(hours=25))
    assert not Upload.objects.exists()
    assert not path.exists()
    tasks.forget_uploads()


def test_odd_names_are_shown_as_people_read_them(proposal, sender):
    for name, shown in (
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\fund\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.pdf", "planfdp.pdf"),
        ("Ünïcode 🌳.pdf", "Ünïcode 🌳.pdf"),
        ("<img src=x>.pdf", "<img src=x>.pdf"),
        ("x" * 500 + ".pdf", "x" * 150 + ".pdf"),
    ):
        listed = sender.send(name).json()["listed"]
        assert proposal.attachments.order_by("-added_at", "-pk").filter(file__name=shown).exists()
        assert "<img" not in listed


def test_memory_does_not_grow_with_the_file(proposal, sender):
    small, large = (peak(sender, size * 1024 * 1024) for size in (2, 19))
    assert large < small + 2 * 1024 * 1024


def peak(sender, size):
    """The most memory that taking in a file of zeros of this size needed, beyond what was there."""
    said = {"name": f"{size}.pdf", "size": size}
    with clock.held_at(sender.at):
        address = sender.client.post(sender.begin_at, said).json()["address"]
    piece, received = bytes(views.PIECE), 0
    gc.collect()
    tracemalloc.start()
    try:
        while received < size:
            ends = received + len(piece) >= size
            data = b"%PDF-" + piece[5:] if not received else piece[:-6] + b"\n%%EOF" if ends else piece
            received = sender.piece(address, data, received).json()["received"]
            gc.collect()  # the test's own requests, which refer to themselves
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_two_at_the_limit_at_once_are_twenty_and_a_refusal(committed_db):
    proposal = made.draft_proposal(open_now())
    at = made.written_at(proposal.tender)
    by = proposal.started_by
    for number in range(attachment.MOST - 1):
        upload = SimpleUploadedFile(f"{number}.pdf", b"%PDF-1.7 %%EOF")
        attachment.add(proposal, upload, kind="application/pdf", by=by, at=at)

    def add():
        upload = SimpleUploadedFile("last.pdf", b"%PDF-1.7 %%EOF")
        again, who = Proposal.objects.get(pk=proposal.pk), Person.objects.get(pk=by.pk)
        return attachment.add(again, upload, kind="application/pdf", by=who, at=at)

    results = at_once([add] * 4)
    assert sum(isinstance(result, attachment.NotReady) for result in results) == 3
    assert proposal.attachments.count() == StoredFile.objects.count() == attachment.MOST


def test_a_last_piece_sent_twice_at_once_is_one_file(committed_db):
    proposal = made.draft_proposal(open_now())
    at = made.written_at(proposal.tender)
    said = {"name": "plan.pdf", "size": len(FILE), "sha256": DIGEST, "by": proposal.started_by, "at": at}
    upload = uploads.begin(proposal, **said)
    parts.append(upload.pk, FILE, after=0)
    Upload.objects.filter(pk=upload.pk).update(received=len(FILE))

    def finish():
        own = Upload.objects.select_related("proposal__tender").get(pk=upload.pk)
        file = SimpleUploadedFile("plan.pdf", FILE)
        return uploads.finish(
            own, file, kind="application/pdf", by=Person.objects.get(pk=said["by"].pk), at=at
        )

    first, second = at_once([finish, finish])
    assert first == second
    assert StoredFile.objects.count() == 1
