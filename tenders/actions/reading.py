"""Reading an opened proposal: the one place through which it is read, and where reading is logged."""

from datetime import datetime

from odifund.core import files
from odifund.core.errors import NotAsSubmitted, WrongPerson
from odifund.core.models import Person, StoredFile
from tenders import access
from tenders.models import Reading, Version
from tenders.queries import contents as written
from tenders.queries import held
from tenders.queries.contents import Contents


def contents(version: Version, *, by: Person, at: datetime, what: str = "the proposal") -> Contents:
    """What an opened version says, for somebody for whom it was opened; writes the access log.

    `what` says what was read, such as a section's title or a file's name.
    """
    if not access.opened_proposals_for(by).filter(pk=version.proposal_id).exists():
        raise WrongPerson("This proposal is not open to you.")
    if not written.is_as_written(version) and not _is_as_admitted(version):
        raise NotAsSubmitted(f"The fingerprint of {version.receipt_number} does not match any more.")
    Reading.objects.create(version=version, person=by, read_at=at, what=what[:60])
    return written.shown(version)


def file(version: Version, stored: StoredFile, *, by: Person, at: datetime) -> StoredFile:
    """A file of an opened version, if its bytes are still those that were submitted; logged as a reading."""
    files.must_be_open(stored, to=by)
    said = contents(version, by=by, at=at, what=stored.name)
    submitted = next((file.sha256 for file in said.files if file.id == stored.pk), "")
    found = files.digest_of(stored)
    if found not in {submitted, None} and found != held.admitted_file(version, stored):
        raise NotAsSubmitted(f"The file “{stored.name}” is not the one that was submitted.")
    return stored


def _is_as_admitted(version: Version) -> bool:
    return held.admitted_words(version) == written.fingerprint(version.manifest)
