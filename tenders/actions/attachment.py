"""The files of a draft. Removing one takes it out of the draft; a version that was submitted keeps it."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from odifund.core import audit, files
from odifund.core.errors import MovedOn, NotReady, Refused, WrongPerson
from odifund.core.models import Person, StoredFile
from tenders import access
from tenders.actions import proposal as proposals
from tenders.models import Attachment, Proposal, Section
from tenders.notices import attachment as notices

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST = 20  # files of one draft


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
        raise WrongPerson("Only the people named on a proposal change it.")
    stored = None
    try:
        with transaction.atomic():
            stored = files.store(upload, kind=kind, by=by, at=at)
            return _put_in(proposal, stored, section=section, title=title, by=by, at=at)
    except Refused:
        if stored:
            files.discard(stored)
        raise


def _put_in(
    proposal: Proposal, stored: StoredFile, *, section: Section | None, title: str, by: Person, at: datetime
) -> Attachment:
    with proposals.editing(proposal, by=by, at=at):
        if proposal.attachments.filter(removed_at=None).count() >= MOST:
            raise NotReady([f"A proposal has {MOST} files at most. Remove one first."])
        return Attachment.objects.create(
            proposal=proposal,
            file=stored,
            section=section,
            title=" ".join(title.split())[:120] or stored.name[:120],
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
