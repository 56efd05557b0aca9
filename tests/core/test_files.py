"""Files: an opaque place on disk, flushed before the row, and a name that is only shown."""

import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as some

from odifund.core import files
from odifund.core.models import StoredFile
from tests import cast
from tests.core.ground import AT


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Priya\\letter.pdf", "letter.pdf"),
        ("C:letter.pdf", "letter.pdf"),
        ("/letter.pdf", "letter.pdf"),
        ("folder/", "folder"),
        ("..", "file"),
        ("", "file"),
        (" .pdf ", "pdf"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("letter\u2028.pdf", "letter.pdf"),
        ("\ud800letter.pdf", "letter.pdf"),
        ("Letter of support from the council", "Letter of support from the council"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
    ],
)
def test_a_name_is_its_last_part_as_people_read_it(given, shown):
    assert files.safe_name(given) == shown


@given(some.text(max_size=400))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_no_name_is_empty_too_long_or_a_path(name):
    shown = files.safe_name(name)
    assert 0 < len(shown) <= 200
    assert "/" not in shown
    assert "\\" not in shown
    assert shown not in {".", ".."}
    assert files.safe_name(shown) == shown or len(name) > 150


def store(content=b"words", name="letter.pdf"):
    by = cast.person("lead-a", at=AT)
    return files.store(SimpleUploadedFile(name, content), kind="application/pdf", by=by, at=AT)


def test_a_file_is_stored_with_its_digest_and_size_under_an_opaque_name(db, settings):
    stored = store(b"words " * 100_000, "../../letter.pdf")
    assert stored.name == "letter.pdf"
    assert stored.size == 600_000
    assert stored.sha256 == hashlib.sha256(b"words " * 100_000).hexdigest() == files.digest_of(stored)
    assert stored.path == f"{stored.pk.hex[:2]}/{stored.pk.hex}"
    assert (Path(settings.MEDIA_ROOT) / stored.path).read_bytes() == b"words " * 100_000


def test_two_files_of_one_name_lie_apart(db):
    assert store().path != store().path
    assert StoredFile.objects.filter(name="letter.pdf").count() == 2


def test_a_changed_or_missing_file_shows(db, settings):
    stored = store()
    path = Path(settings.MEDIA_ROOT) / stored.path
    path.write_bytes(b"other")
    assert files.digest_of(stored) != stored.sha256
    path.unlink()
    assert files.digest_of(stored) is None


def test_the_file_and_its_folders_are_on_disk_before_the_row(db, settings, monkeypatch):
    flushed, fsync = [], os.fsync

    def watched(handle):
        flushed.append(Path(os.readlink(f"/proc/self/fd/{handle}")))
        assert not StoredFile.objects.exists()
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    stored = store()
    path = Path(settings.MEDIA_ROOT) / stored.path
    assert [place.resolve() for place in flushed] == [
        path.resolve(),
        path.parent.resolve(),
        path.parent.parent.resolve(),
    ]


def test_an_upload_that_breaks_off_leaves_nothing(db, settings):
    class Broken(SimpleUploadedFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("gone")

    before = set(Path(settings.MEDIA_ROOT).rglob("*")) if Path(settings.MEDIA_ROOT).exists() else set()
    with pytest.raises(OSError, match="gone"):
        files.store(Broken("a.pdf", b""), kind="x", by=cast.person("lead-a", at=AT), at=AT)
    left = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()} - before
    assert not left
    assert not StoredFile.objects.exists()


def test_a_download_is_never_shown_in_the_page(db):
    stored = store(b"<script>", "a.html")
    response = files.download(stored, to=stored.uploaded_by)
    assert response["Content-Disposition"] == 'attachment; filename="a.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content) == b"<script>"
    response.close()
