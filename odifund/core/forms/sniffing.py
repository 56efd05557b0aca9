"""What a file is by its contents. Its name and what a browser says of it prove nothing."""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True)
class Kind:
    """A type of file: its media type, what people call it, and how the names of such files end."""

    media_type: str
    name: str
    endings: tuple[str, ...] = ()


OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("application/pdf", "PDF", (".pdf",))
WORD = Kind(f"{OFFICE}wordprocessingml.document", "Word (.docx)", (".docx", ".doc"))
EXCEL = Kind(f"{OFFICE}spreadsheetml.sheet", "Excel (.xlsx)", (".xlsx", ".xls"))
POWERPOINT = Kind(f"{OFFICE}presentationml.presentation", "PowerPoint (.pptx)", (".pptx", ".ppt"))
ODT = Kind("application/vnd.oasis.opendocument.text", "OpenDocument text (.odt)", (".odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument sheet (.ods)", (".ods",))
PNG = Kind("image/png", "PNG", (".png",))
JPEG = Kind("image/jpeg", "JPEG", (".jpg", ".jpeg"))
TEXT = Kind("text/plain", "plain text or CSV")
DOCUMENTS = (PDF, WORD, ODT)
SHEETS = (EXCEL, ODS, TEXT)
PICTURES = (PNG, JPEG)

# Kinds that nobody may send, so that a message can say what it was.
PROGRAM = Kind("application/x-executable", "a program")
ARCHIVE = Kind("application/zip", "a zip archive")
MACROS = Kind("application/x-macros", "an Office file with macros")
OLD_OFFICE = Kind("application/x-ole", "a file of an old Office version")
WEB = Kind("text/html", "a web page")
BROKEN = Kind("application/octet-stream", "damaged or cut off")
UNKNOWN = Kind("application/octet-stream", "of a type that we do not know")

STARTS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"MZ", PROGRAM),
    (b"\x7fELF", PROGRAM),
    (b"#!", PROGRAM),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
)
BEGINS, ENDS = 4096, 65_536
"""How much of a file is read at its start and at its end: some programs put words of theirs after the end."""
WHOLE = {
    PDF: (b"", b"%%EOF"),
    PNG: (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"),
    JPEG: (b"", b"\xff\xd9"),
}
"""How a file of the kind goes on at its start, and what stands at its end."""
PARTS = (("word/document.xml", WORD), ("xl/workbook.xml", EXCEL), ("ppt/presentation.xml", POWERPOINT))

DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError),
    *(ValueError, OverflowError),  # a name that is no text; a place that no file has
)
"""What reading a zip archive raises when something in it is hurt."""
BEYOND_US = (RuntimeError, NotImplementedError)
"""What it raises when it is whole, but encrypted or packed in a way that we cannot read."""


def kind_of(file: IO[bytes]) -> Kind:
    """The kind, read from the contents; the file is left at its start."""
    file.seek(0)
    head = file.read(BEGINS)
    file.seek(0)
    for start, kind in STARTS:
        if head.startswith(start):
            return kind if kind not in WHOLE or _is_whole(file, head, *WHOLE[kind]) else BROKEN
    if head.startswith(b"PK\x03\x04"):
        found = _in_archive(file)
        file.seek(0)
        return found
    return _text(head)


def _is_whole(file: IO[bytes], head: bytes, start: bytes, end: bytes) -> bool:
    """Whether it begins and ends as its kind does. Nothing of it is drawn or run."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - ENDS, len(start)))
    tail = file.read()
    file.seek(0)
    return head.startswith(start) and end in tail


def _in_archive(file: IO[bytes]) -> Kind:
    """Office files are zip archives with known parts; only their list of names is read."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return MACROS
            for part, kind in PARTS:
                if part in names and "[Content_Types].xml" in names:
                    return kind
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return next((kind for kind in (ODT, ODS) if kind.media_type == said), ARCHIVE)
    except DAMAGED:
        return BROKEN
    except BEYOND_US:
        return UNKNOWN
    return ARCHIVE


def _text(head: bytes) -> Kind:
    """Text when nothing in it is a control character; a web page is not plain text."""
    if not head or any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):
        return UNKNOWN
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return WEB if start.startswith((b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script")) else TEXT
