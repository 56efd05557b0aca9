"""Putting a note on a tender's file. It stays as it was written; another corrects it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from odifund.core import audit, canonical
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import FileNote, Tender


def record(
    tender: Tender,
    *,
    kind: str,
    happened_at: datetime,
    with_whom: str,
    what: str,
    by: Person,
    at: datetime,
    corrects: FileNote | None = None,
) -> FileNote:
    """Note a call, a mail or a meeting, with when it happened beside when it was noted.

    Another way to take part, for who cannot use the portal, must have been agreed before the deadline.
    """
    if not access.keeps_record(by, tender):
        raise WrongPerson("Managers and approvers who do not bid in the tender keep its file.")
    if faults := list(_faults(tender, kind, happened_at, with_whom, what, at)):
        raise NotReady(faults)
    with transaction.atomic():
        locked = Tender.objects.select_for_update(no_key=True).get(pk=tender.pk)
        note = FileNote.objects.create(
            tender=locked,
            number=locked.file_notes.count() + 1,
            kind=kind,
            happened_at=happened_at,
            with_whom=with_whom.strip(),
            what=what.strip(),
            corrects=corrects,
            recorded_by=by,
            recorded_at=at,
        )
        facts = {"number": note.number, "digest": canonical.digest([note.with_whom, note.what])}
        details = {"tender": tender.reference}
        audit.record("file_note.recorded", note, by=by, at=at, facts=facts, details=details)
    return note


def _faults(
    tender: Tender, kind: str, happened_at: datetime, with_whom: str, what: str, at: datetime
) -> Iterator[str]:
    if kind not in FileNote.Kind.values or not with_whom.strip() or not what.strip():
        yield "Say what it was, with whom, and what was said"
    if happened_at > at:
        yield "It cannot have happened later than now"
    if kind == FileNote.Kind.WAY and not _while_open(tender, happened_at):
        yield "Another way to take part is agreed while proposals are taken, before the deadline"


def _while_open(tender: Tender, moment: datetime) -> bool:
    opens, closes = tender.published_at, tender.closes_at
    return opens is not None and closes is not None and opens <= moment < closes
