"""Putting a note on a tender's file. It stays as it was written; another corrects it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from odifund.core import audit, canonical
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from odifund.core.wording import moment, moment_to_the_second
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
        locked = Tender.objects.select_for_update(no_key=True).filter(pk=tender.pk).first()
        if locked is None:
            raise MovedOn("Somebody discarded this draft meanwhile.")
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
    if kind == FileNote.Kind.WAY:
        yield from _outside(tender, happened_at, at)


def _outside(tender: Tender, agreed_at: datetime, at: datetime) -> Iterator[str]:
    """That no proposals were taken when another way is said to have been agreed, and when they are."""
    opens, closes = tender.published_at, tender.closes_at
    rule = "Another way to take part is agreed while proposals are taken, before the deadline"
    if opens is None or closes is None:
        yield f"{rule}. {tender.reference} is not published"
    elif not opens <= agreed_at < closes:
        closed = "closed" if closes <= at else "closes"
        yield (
            f"{rule}. {tender.reference} was published at {_exactly(opens)}"
            f" and {closed} at {_exactly(closes)}: enter a time between"
        )


def _exactly(at: datetime) -> str:
    """With seconds where there are any: where it is published at 10:00:40am, 10am is too early."""
    return moment_to_the_second(at) if at.second or at.microsecond else moment(at)
