"""The files of a draft. Removing one takes it out of the draft; a version that was submitted keeps it."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from odifund.core import audit, files
from odifund.core.errors import MovedOn, NotReady, Refused, WrongPerson
from odifund.core.models import Person, StoredFile
from tenders import access
from tenders.actions import proposal as proposals
from tenders.actions.proposal import NOT_YOURS
from tenders.models import Attachment, Proposal, Section
from tenders.notices import attachment as notices
from tenders.queries import sending

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST = 20  # files of one draft
TOO_MANY = f"A proposal has {MOST} files at most. Remove one first."


class Place(NamedTuple):
    """Where a file goes: the answer to a section, or none, and what it is called there."""

    section: Section | None
    title: str = ""


def add(
    proposal: Proposal,
    upload: "UploadedFile[bytes]",
    *,
    kind: str,
    by: Person,
    at: datetime,
    title: str = "",
    section: Section | None = None,
) -> Attachment:
    """Store the file, then put it into the draft, as the answer to a section or beside the answers.

    `kind` is the sniffed type.
    """
    if not access.works_on(by, proposal):
        raise WrongPerson(NOT_YOURS)
    must_fit(proposal, upload.size or 0, by=by, at=at)
    return put(proposal, upload, Place(section, title), kind=kind, by=by, at=at)


def put(
    proposal: Proposal,
    upload: "UploadedFile[bytes]",
    place: Place,
    *,
    kind: str,
    by: Person,
    at: datetime,
    sha256: str = "",
) -> Attachment:
    """As `add`, of a file whose limits were asked for when it was begun. `sha256` is the digest said then."""
    stored = None
    try:
        with transaction.atomic():
            stored = files.store(upload, kind=kind, by=by, at=at)
            if sha256 not in {"", stored.sha256}:
                raise NotReady([f"“{stored.name}” was damaged on its way. Send it again."])
            return _put_in(proposal, stored, place, by, at)
    except Refused:
        if stored:
            files.discard(stored)
        raise


def must_be_open(proposal: Proposal, at: datetime) -> None:
    """Refuse a file that comes when the tender takes no proposals any more."""
    proposals.only_while_open(proposal.tender, at)


def must_fit(proposal: Proposal, size: int, *, by: Person, at: datetime) -> None:
    """Refuse a file more than a draft holds, and more bytes than a person sends in a day."""
    if proposal.attachments.filter(removed_at=None).count() >= MOST:
        raise NotReady([TOO_MANY])
    if refusal := sending.is_too_much(by, size, at):
        raise NotReady([refusal])


def _put_in(proposal: Proposal, stored: StoredFile, place: Place, by: Person, at: datetime) -> Attachment:
    with proposals.editing(proposal, by=by, at=at):
        if proposal.attachments.filter(removed_at=None).count() >= MOST:
            raise NotReady([TOO_MANY])
        return Attachment.objects.create(
            proposal=proposal,
            file=stored,
            section=place.section,
            title=" ".join(place.title.split())[:120] or stored.name[:120],
            added_at=at,
        )


def remove(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take the file out of the draft."""
    with proposals.editing(attachment.proposal, by=by, at=at):
        attachment.refresh_from_db()
        if attachment.removed_at is not None:
            raise MovedOn("Somebody has already removed this file.")
        attachment.removed_by, attachment.removed_at = by, at
        attachment.save(update_fields=["removed_by", "removed_at"])


def found_harmful(stored: StoredFile, at: datetime) -> bool:
    """Tell the people named on the proposal whose file it is; says whether it is one's."""
    attachment = Attachment.objects.filter(file=stored).select_related("proposal__tender").first()
    if attachment is None:
        return False
    audit.record("proposal.file_found_harmful", attachment.proposal, at=at, details={"file": stored.name})
    notices.found_harmful(attachment, at=at)
    return True
