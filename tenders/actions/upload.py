"""Files of a draft that arrive in pieces (docs/adr/0014): begun, taken in piece by piece, put into the draft.

What a form sends in one takes the same way from `attachment.add` on, with the same limits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from odifund.core import files, parts
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.actions import attachment as attachments
from tenders.actions.proposal import NOT_YOURS
from tenders.models import Attachment, Proposal, Section, Upload
from tenders.queries import sending

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

KEPT = timedelta(days=1)  # after the last piece
IDLE = timedelta(hours=1)  # after which one may make room for another


class FromElsewhere(MovedOn):
    """A piece does not begin where the last one ended. `received` says where to go on."""

    def __init__(self, received: int) -> None:
        self.received = received
        super().__init__("This piece does not follow the last one that arrived.")


def begin(
    proposal: Proposal,
    *,
    name: str,
    size: int,
    sha256: str,
    by: Person,
    at: datetime,
    section: Section | None = None,
) -> Upload:
    """Begin to send a file. The same one, sent again by the same person, goes on where it stopped."""
    if not access.works_on(by, proposal):
        raise WrongPerson(NOT_YOURS)
    attachments.must_be_open(proposal, at)
    with transaction.atomic():
        Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
        told = {"section": section, "name": files.safe_name(name), "size": size, "sha256": sha256}
        unfinished = Upload.objects.filter(proposal=proposal, started_by=by, file=None)
        if sha256 and (found := unfinished.filter(**told).order_by("-received").first()):
            return found
        for idle in unfinished.filter(touched_at__lt=at - IDLE):
            give_up(idle)
        attachments.must_fit(proposal, size, by=by, at=at)
        if refusal := sending.are_too_many(proposal, by):
            raise NotReady([refusal])
        return Upload.objects.create(proposal=proposal, started_by=by, started_at=at, touched_at=at, **told)


def take_in(upload: Upload, data: bytes, *, after: int, by: Person, at: datetime) -> None:
    """Write the next piece down. Sent twice it is written once; where bytes were lost it begins anew."""
    with _alone_with(upload, by=by, at=at):
        if upload.file is None and not parts.has(upload.pk, upload.received):
            Upload.objects.filter(pk=upload.pk).update(received=0)
            upload.received = 0
    with _alone_with(upload, by=by, at=at):
        if after != upload.received or after + len(data) > upload.size:
            raise FromElsewhere(upload.received)
        if data:
            parts.append(upload.pk, data, after=after)
        upload.received, upload.touched_at = after + len(data), at
        upload.save(update_fields=["received", "touched_at"])


def finish(upload: Upload, file: "UploadedFile[bytes]", *, kind: str, by: Person, at: datetime) -> Attachment:
    """Put what arrived into the draft. Asked twice it is there once. `kind` is the sniffed type."""
    with _alone_with(upload, by=by, at=at):
        if upload.file is not None:
            return upload.file.attachment
        place = attachments.Place(upload.section)
        added = attachments.put(upload.proposal, file, place, kind=kind, by=by, at=at, sha256=upload.sha256)
        upload.file = added.file
        upload.save(update_fields=["file"])
    parts.discard(upload.pk)
    return added


def give_up(upload: Upload) -> None:
    """Forget one that cannot become a file of the draft, with its bytes."""
    Upload.objects.filter(pk=upload.pk, file=None).delete()
    parts.discard(upload.pk)


def forget(at: datetime) -> None:
    """Forget what nobody went on with for a day."""
    Upload.objects.filter(touched_at__lt=at - KEPT).delete()
    parts.forget(at - KEPT)


@contextmanager
def _alone_with(upload: Upload, *, by: Person, at: datetime) -> Iterator[None]:
    with transaction.atomic():
        upload.refresh_from_db(from_queryset=Upload.objects.select_for_update(no_key=True))
        if upload.started_by_id != by.pk or not access.works_on(by, upload.proposal):
            raise WrongPerson("Only the person who began to send a file goes on with it.")
        attachments.must_be_open(upload.proposal, at)
        yield
