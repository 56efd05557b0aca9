"""Files: streamed to storage under an opaque name, on disk for certain before their row is written."""

import hashlib
import os
import unicodedata
from datetime import datetime
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from odifund.core import access, scanning
from odifund.core.errors import FileHeld, FileMissing
from odifund.core.models import Person, StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

UNSHOWN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, direction and other signs that nobody sees


def store(upload: "UploadedFile[bytes]", *, kind: str, by: Person, at: datetime) -> StoredFile:
    """Write the upload to storage, flushed with its folder, then its row. `kind` is the sniffed type."""
    key = uuid4()
    path = f"{key.hex[:2]}/{key.hex}"
    digest, size = _write(upload, Path(settings.MEDIA_ROOT) / path)
    return StoredFile.objects.create(
        id=key,
        name=safe_name(upload.name or ""),
        kind=kind,
        size=size,
        sha256=digest,
        path=path,
        uploaded_by=by,
        uploaded_at=at,
    )


def discard(stored: StoredFile) -> None:
    """Take away the bytes of a file whose row was rolled back."""
    (Path(settings.MEDIA_ROOT) / stored.path).unlink(missing_ok=True)


def safe_name(name: str) -> str:
    """The last part of a name as people read it: no folders, no control characters, never empty."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in UNSHOWN)
    plain = unicodedata.normalize("NFC", shown).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:150].strip() or "file"
    return f"{stem[:150]}.{ending[:20]}"


def digest_of(stored: StoredFile) -> str | None:
    """SHA-256 of the bytes as they lie in storage now, or None when they are gone."""
    sha = hashlib.sha256()
    try:
        with (Path(settings.MEDIA_ROOT) / stored.path).open("rb") as file:
            while chunk := file.read(1 << 20):
                sha.update(chunk)
    except FileNotFoundError:
        return None
    return sha.hexdigest()


def must_be_open(stored: StoredFile, *, to: "Person | AnonymousUser") -> None:
    """Refuse a file that waits for the scanner, or in which it found a virus."""
    if access.opens(to, stored):
        return
    if stored.is_harmful:
        raise FileHeld("This file is held: a virus was found", scanning.said_of_harmful(stored))
    raise FileHeld("This file is being checked for viruses", scanning.said_of_waiting(stored))


def download(stored: StoredFile, *, to: "Person | AnonymousUser") -> FileResponse:
    """The file as a download, never shown in the page; the caller has asked its app's `access` first."""
    must_be_open(stored, to=to)
    try:
        file = (Path(settings.MEDIA_ROOT) / stored.path).open("rb")
    except FileNotFoundError:
        raise FileMissing(f"“{stored.name}” is not in our storage any more.") from None
    response = FileResponse(file, as_attachment=True, filename=stored.name, content_type=stored.kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _write(upload: "UploadedFile[bytes]", path: Path) -> tuple[str, int]:
    path.parent.mkdir(parents=True, exist_ok=True)
    sha, size = hashlib.sha256(), 0
    try:
        with path.open("xb") as file:
            for chunk in upload.chunks():
                sha.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    for folder in (path.parent, path.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return sha.hexdigest(), size
