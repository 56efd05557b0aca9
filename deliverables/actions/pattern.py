"""Patterns, artefacts and tools: drafted by the consortium, public when their deliverable is accepted."""

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TypeAlias

from django.core.files.uploadedfile import UploadedFile

from deliverables.actions import draft
from deliverables.models import Deliverable, Pattern
from deliverables.queries.slugs import slug_for
from odifund.core import audit, canonical, files
from odifund.core.errors import NotReady
from odifund.core.models import Person

KIND = Deliverable.Kind.PATTERN
TAKEN = "You have “{}” already. Give this one another title, or change that one."
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

    @classmethod
    def of(cls, pattern: Pattern) -> "Words":
        """What it says now."""
        return cls(**{field.name: getattr(pattern, field.name) for field in fields(cls)})


def digest(pattern: Pattern) -> str:
    """The digest of what somebody sees who opens it: its words and its file."""
    return canonical.digest([asdict(Words.of(pattern)), pattern.file.sha256 if pattern.file else None])


def add(
    deliverable: Deliverable, words: Words, *, by: Person, at: datetime, upload: "Upload | None" = None
) -> Pattern:
    """A new draft. Sent twice it is one."""
    with draft.changing(deliverable, KIND, by=by):
        if same := deliverable.patterns.filter(title__iexact=words.title).first():
            if words == Words.of(same) and _has_file(same, upload):
                return same
            raise NotReady([TAKEN.format(same)])
        return _write(Pattern(deliverable=deliverable), words, upload, by, at)


def change(
    pattern: Pattern,
    words: Words,
    *,
    by: Person,
    at: datetime,
    upload: "Upload | None" = None,
    seen: str = "",
) -> Pattern:
    """Other words for a draft; without a new file it keeps its own.

    `seen` is the digest of what the person opened: what a colleague saved since is not written over.
    """
    with draft.changing(pattern.deliverable, KIND, by=by):
        draft.reread(pattern)
        if seen and seen != digest(pattern) and words != Words.of(pattern):
            raise draft.saved_meanwhile(pattern)
        others = pattern.deliverable.patterns.exclude(pk=pattern.pk)
        if same := others.filter(title__iexact=words.title).first():
            raise NotReady([TAKEN.format(same)])
        return _write(pattern, words, upload, by, at)


def remove(pattern: Pattern, *, by: Person, at: datetime) -> None:
    """Take a draft away."""
    with draft.changing(pattern.deliverable, KIND, by=by):
        draft.reread(pattern)
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


def _has_file(pattern: Pattern, upload: "Upload | None") -> bool:
    """Whether the upload is the file that the pattern has already, or both have none."""
    if upload is None or pattern.file is None:
        return upload is None and pattern.file is None
    sha = hashlib.sha256()
    for chunk in upload.chunks():
        sha.update(chunk)
    return sha.hexdigest() == pattern.file.sha256
