"""Files on their way: pieces that arrive one after another, each on disk for certain before it counts.

Whoever calls keeps count of the bytes that count. What a killed process wrote beyond that is cut off when the
next piece comes, so a file on its way is never a mixture.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


def has(key: UUID, size: int) -> bool:
    """Whether that many bytes are there."""
    path = _path(key)
    return not size or (path.exists() and path.stat().st_size >= size)


def append(key: UUID, data: bytes, *, after: int) -> None:
    """Write a piece after the first bytes, flushed with its folder."""
    path = _path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if after else "wb") as file:
        if os.fstat(file.fileno()).st_size < after:
            raise FileNotFoundError(path)
        file.truncate(after)
        file.seek(after)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if not after:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def opened(key: UUID, *, name: str, size: int) -> Iterator["UploadedFile[bytes]"]:
    """What has arrived, as a form takes a file that came in one."""
    with _path(key).open("rb") as file:
        yield UploadedFile(file, name, "", size)


def discard(key: UUID) -> None:
    """Take the bytes away."""
    _path(key).unlink(missing_ok=True)


def forget(before: datetime) -> None:
    """Take away bytes that nothing was added to since, whether or not anything knows of them."""
    for path in _folder().glob("*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "parts"


def _path(key: UUID) -> Path:
    return _folder() / key.hex
