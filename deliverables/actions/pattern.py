"""Patterns, artefacts and tools: drafted by the consortium, public when their deliverable is accepted."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile

from deliverables.actions import draft
from deliverables.models import Deliverable, Pattern
from deliverables.queries.slugs import slug_for
from odifund.core import audit, files
from odifund.core.errors import NotReady
from odifund.core.models import Person

KIND = Deliverable.Kind.PATTERN
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
    with draft.changing(deliverable, KIND, by=by):
        return _write(Pattern(deliverable=deliverable), words, upload, by, at)


def change(
    pattern: Pattern, words: Words, *, by: Person, at: datetime, upload: "Upload | None" = None
) -> Pattern:
    """Other words for a draft; without a new file it keeps its own."""
    with draft.changing(pattern.deliverable, KIND, by=by):
        draft.still_there(pattern)
        return _write(pattern, words, upload, by, at)


def remove(pattern: Pattern, *, by: Person, at: datetime) -> None:
    """Take a draft away."""
    with draft.changing(pattern.deliverable, KIND, by=by):
        draft.still_there(pattern)
        audit.record("pattern.removed", pattern, by=by, at=at)
        pattern.delete()


def _write(pattern: Pattern, words: Words, upload: "Upload | None", by: Person, at: datetime) -> Pattern:
    if words.licence not in Pattern.Licence.values:
        raise NotReady(["Choose an open licence from the list."])
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
