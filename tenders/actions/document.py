"""The documents of a tender. In a draft they come and go; of an open one none is changed or taken away:
what is added or replaced is a notice to everybody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction

from odifund.core import files
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person, StoredFile
from odifund.core.wording import plain_day
from tenders import access, locks
from tenders.actions import notice, rows
from tenders.models import Document, Tender
from tenders.queries.notice import Change

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST = 20  # documents of one tender, each in its newest version


class Facts(NamedTuple):
    """What a person says of a file."""

    kind: str
    title: str
    is_accessible: bool


def add(tender: Tender, upload: "UploadedFile[bytes]", facts: Facts, *, by: Person, at: datetime) -> Document:
    """Add a document. Of an open tender everybody is told."""
    stored = _stored(tender, upload, by, at)
    with _changing(tender, by, at):
        if tender.documents.filter(replaced_by=None).count() >= MOST:
            raise NotReady([f"A tender has {MOST} documents at most"])
        added = Document.objects.create(
            tender=tender, file=stored, added_by=by, added_at=at, **facts._asdict()
        )
        if tender.is_published:
            text = f"A new document, “{added}” ({stored.name}), is on the tender’s page."
            notice.publish(tender, title=f"New document: {added}", text=text, by=by, at=at)
        return added


def replace(
    document: Document,
    upload: "UploadedFile[bytes]",
    *,
    is_accessible: bool,
    note: str,
    by: Person,
    at: datetime,
) -> Document:
    """Put a new version in a document's place. Of an open tender the old one stays, and everybody is told."""
    tender = document.tender
    if tender.is_published and not note.strip():
        raise NotReady(["Say what changed. Everybody reads it"])
    stored = _stored(tender, upload, by, at)
    facts: dict[str, Any] = Facts(document.kind, document.title, is_accessible)._asdict()
    with _changing(tender, by, at):
        old = Document.objects.filter(pk=document.pk, replaced_by=None).first()
        if old is None:
            raise MovedOn("A colleague has already replaced or removed this document.")
        if not tender.is_published:
            old.delete()
            return Document.objects.create(tender=tender, file=stored, added_by=by, added_at=at, **facts)
        facts |= {"number": old.number + 1, "replaces": old, "note": note.strip()}
        new = Document.objects.create(tender=tender, file=stored, added_by=by, added_at=at, **facts)
        _tell(old, new, by, at)
        return new


def _tell(old: Document, new: Document, by: Person, at: datetime) -> None:
    """The notice of a new version, with the one before beside it."""
    change = Change(
        f"The document “{new}”",
        f"version {old.number} of {plain_day(old.added_at)} ({old.file.name})",
        f"version {new.number} ({new.file.name})",
    )
    said = f"{new.note}\n\nBoth versions are on the tender’s page."
    title = f"Changed document: {new}"
    notice.put_up(new.tender, title=title, text=said, by=by, at=at, changes=[change])


def remove(document: Document, *, by: Person, at: datetime) -> None:
    """Take a document out of a draft."""
    if document.tender.is_published:
        raise MovedOn("The tender is published: its documents stay. Replace it by a new version.")
    with _changing(document.tender, by, at):
        if not Document.objects.filter(pk=document.pk).delete()[0]:
            raise MovedOn("A colleague has already replaced or removed this document.")


def _stored(tender: Tender, upload: "UploadedFile[bytes]", by: Person, at: datetime) -> StoredFile:
    if not access.manages(by, tender):
        raise WrongPerson("Only a manager adds documents.")
    return files.store(upload, kind=upload.content_type or "", by=by, at=at)


@contextmanager
def _changing(tender: Tender, by: Person, at: datetime) -> Iterator[None]:
    """A draft as any of its parts; of an open tender one change after another."""
    if not tender.is_published:
        with rows.changing(tender, "its documents", "documents", by=by, at=at):
            yield
        return
    with transaction.atomic():
        moment = locks.shared(tender)
        tender.refresh_from_db(from_queryset=Tender.objects.select_for_update(no_key=True))
        if not tender.accepts_proposals(moment):
            raise MovedOn("Proposals have closed: the documents stay as they are. Publish a notice.")
        yield
