"""The virus scanner: files wait for it, no request does, and nobody but their sender opens them before."""

import logging
import os
import signal
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core import access, files, scanning, tasks
from odifund.core.errors import FileHeld
from odifund.core.models import Event, OutboxMessage, StoredFile
from tests import cast, clamav
from tests.core.ground import AT

Scan = StoredFile.Scan
HARMFUL = b"%PDF-1.7\n" + clamav.EICAR + b"\n%%EOF"
pytestmark = pytest.mark.django_db


def stored(content=b"%PDF-1.7\n%%EOF", name="letter.pdf", by="lead-a"):
    upload = SimpleUploadedFile(name, content)
    return files.store(upload, kind="application/pdf", by=cast.person(by, at=AT), at=AT)


def swept(*found, at=AT):
    told = scanning.sweep(at)
    for each in found:
        each.refresh_from_db()
    return told


def test_what_waits_is_scanned_once(scanner):
    clean, harmful = stored(), stored(HARMFUL, "macro.pdf")
    assert swept(clean, harmful) == 2
    assert (clean.scan, clean.threat, clean.scanned_at) == (Scan.CLEAN, "", AT)
    assert (harmful.scan, harmful.threat) == (Scan.HARMFUL, clamav.NAME)
    assert swept() == 0


def test_a_verdict_leaves_the_moment_and_the_bytes_as_they_were(scanner):
    harmful = stored(HARMFUL)
    before = (harmful.uploaded_at, harmful.sha256, harmful.path)
    swept(harmful, at=AT + timedelta(hours=1))
    assert (harmful.uploaded_at, harmful.sha256, harmful.path) == before
    assert files.digest_of(harmful) == harmful.sha256


def test_until_it_is_checked_only_who_sent_it_opens_it(scanner):
    one = stored()
    assert access.opens(cast.person("lead-a", at=AT), one)
    for other in ("partner-a", "lead-b", "manager", "observer"):
        with pytest.raises(FileHeld, match=r"Until “letter\.pdf” is checked"):
            files.download(one, to=cast.person(other, at=AT))
    swept(one)
    assert access.opens(cast.person("manager", at=AT), one)


def test_nobody_opens_what_is_harmful(scanner):
    one = stored(HARMFUL)
    swept(one)
    for anybody in ("lead-a", "manager"):
        with pytest.raises(FileHeld, match=r"A virus was found in “letter.pdf” \(Test.Eicar.UNOFFICIAL\)"):
            files.download(one, to=cast.person(anybody, at=AT))


def test_a_harmful_file_stays_closed_where_the_scanner_is_taken_away(scanner, settings):
    one = stored(HARMFUL)
    swept(one)
    settings.CLAMD = ""
    assert not access.opens(cast.person("lead-a", at=AT), one)


def test_without_a_scanner_files_wait_and_are_open(settings):
    assert settings.CLAMD == ""
    one = stored()
    assert swept(one) == 0
    assert one.scan == Scan.WAITING
    assert access.opens(cast.person("manager", at=AT), one)
    assert scanning.shown(one, cast.person("manager", at=AT)).text == "Not checked for viruses"


def test_whoever_sent_a_harmful_file_is_told_once(scanner):
    one = stored(HARMFUL)
    swept(one)
    swept(one)
    mail = OutboxMessage.objects.get(kind="core/file_found_harmful")
    assert mail.person == one.uploaded_by
    assert clamav.NAME in mail.body
    assert Event.objects.get(name="file.found_harmful").subject_id == str(one.pk)


def test_while_the_scanner_is_away_files_wait_and_then_are_scanned(scanner, caplog):
    one = stored()
    scanner.end()
    try:
        assert swept(one) == 0
        assert one.scan == Scan.WAITING
        assert "The virus scanner cannot be reached, files wait" in caplog.text
    finally:
        scanner.start()
    assert swept(one) == 1


def test_a_scanner_that_hangs_is_left_in_time(scanner, monkeypatch):
    monkeypatch.setattr(scanning, "TIMEOUT", 1)
    one, two = stored(), stored()
    os.kill(scanner.process.pid, signal.SIGSTOP)
    try:
        assert swept(one, two) == 0
    finally:
        os.kill(scanner.process.pid, signal.SIGCONT)
    assert {one.scan, two.scan} == {Scan.WAITING}
    assert swept() == 2


def test_what_the_scanner_cannot_tell_of_waits_and_holds_up_no_other(scanner, settings, caplog):
    caplog.set_level(logging.ERROR)
    gone, whole = stored(), stored()
    files.discard(gone)
    assert swept(gone, whole) == 1
    assert (gone.scan, whole.scan) == (Scan.WAITING, Scan.CLEAN)
    assert "is not in storage" in caplog.text
    assert gone.scan_after == AT + scanning.AGAIN
    assert not scanning._waiting(AT).exists()
    assert scanning._waiting(AT + scanning.AGAIN).get() == gone


def test_one_longer_than_the_scanner_takes_holds_up_no_other(scanner, caplog):
    long, short = stored(b"%PDF-" + bytes(26 * 1024 * 1024)), stored()
    assert swept(long, short) == 1
    assert (long.scan, short.scan) == (Scan.WAITING, Scan.CLEAN)


def test_the_clock_sweeps(scanner):
    one = stored()
    tasks.scan_files()
    one.refresh_from_db()
    assert one.is_clean
