"""Patterns, artefacts and tools: drafted by the consortium, public when their deliverable is accepted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from deliverables import access, locks
from deliverables.models import Deliverable, Pattern
from deliverables.queries.slugs import slug_for
from odifund.core import audit, files
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person

Upload: TypeAlias = "UploadedFile[bytes]"


@dataclass(frozen=True)
class Words:
    """What a pattern says. The longer texts are Markdown; the licence is one of the library's."""

    kind: str
    title: str
    summary: str
    delivery_model: str
    problem: str
    solution: str
    worked: str
    did_not_work: str
    tried_by: str
    authors: str
    licence: str


def add(
    deliverable: Deliverable, words: Words, *, by: Person, at: datetime, upload: "Upload | None" = None
) -> Pattern:
    """A new draft."""
    return _write(Pattern(deliverable=deliverable), words, upload, by, at)


def change(
    pattern: Pattern, words: Words, *, by: Person, at: datetime, upload: "Upload | None" = None
) -> Pattern:
    """Other words for a draft; without a new file it keeps its own."""
    return _write(pattern, words, upload, by, at)


def remove(pattern: Pattern, *, by: Person, at: datetime) -> None:
    """Take a draft away."""
    with transaction.atomic():
        _only_while_drafted(pattern.deliverable, by)
        audit.record("pattern.removed", pattern, by=by, at=at)
        pattern.delete()


def _write(pattern: Pattern, words: Words, upload: "Upload | None", by: Person, at: datetime) -> Pattern:
    if words.licence not in Pattern.Licence.values:
        raise NotReady(["Choose an open licence from the list."])
    with transaction.atomic():
        _only_while_drafted(pattern.deliverable, by)
        pattern.slug = slug_for(Pattern, words.title, but=pattern.pk)
        for name, value in asdict(words).items():
            setattr(pattern, name, value)
        if upload:
            pattern.file = files.store(upload, kind=upload.content_type or "", by=by, at=at)
        pattern.written_by, pattern.written_at = by, at
        pattern.save()
        facts = {"file": pattern.file.sha256 if pattern.file else None}
        audit.record("pattern.written", pattern, by=by, at=at, facts=facts)
    return pattern


def _only_while_drafted(deliverable: Deliverable, by: Person) -> None:
    locks.alone(deliverable.contract)
    deliverable.refresh_from_db()
    if not access.delivers(by, deliverable):
        raise WrongPerson("Only the consortium's named people write its patterns.")
    if not access.edits(by, deliverable):
        raise MovedOn("The patterns were handed in, so they cannot be changed now. Nothing was saved.")
