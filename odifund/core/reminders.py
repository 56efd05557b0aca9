"""Reminders: each app says which are due, the sweep gives each once.

A reminder is a row, unique for its kind, subject, person and moment; the mail is queued in the
same transaction. A sweep that slept over the moment gives it late, as long as it is still of use.
One that fails is logged and stands in no other's way.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from odifund.core import mail
from odifund.core.models import Person, Reminder

log = logging.getLogger(__name__)
Source = Callable[[datetime], Iterable["Due"]]


@dataclass(frozen=True)
class Due:
    """Somebody is to be reminded of `subject` and its `moment_at`; `kind` names the mail's template."""

    kind: str
    subject: models.Model
    person: Person
    moment_at: datetime
    context: dict[str, Any] = field(default_factory=dict)
    sealed: bool | None = None
    private: bool = False


sources: list[Source] = []
"""Functions that yield what is due at a moment; each app adds its own when it starts."""


def sweep(at: datetime) -> int:
    """Give every reminder that is due and was not given yet; returns how many."""
    due = [item for source in sources for item in _said(source, at)]
    given = _given(due)
    return sum(_give(item, at) for item in due if _identity(item) not in given)


def _said(source: Source, at: datetime) -> Iterator[Due]:
    """What a source says is due, up to where it fails."""
    try:
        yield from source(at)
    except Exception:
        log.exception("Not all reminders of %s.%s are known.", source.__module__, source.__qualname__)


def _identity(item: Due) -> tuple[str, UUID, UUID, datetime]:
    return item.kind, item.subject.pk, item.person.pk, item.moment_at


def _given(due: list[Due]) -> set[tuple[str, UUID, UUID, datetime]]:
    rows = Reminder.objects.filter(subject_id__in={item.subject.pk for item in due})
    return set(rows.values_list("kind", "subject_id", "person", "moment_at"))


def _give(item: Due, at: datetime) -> bool:
    """Give one; a failure is this one's alone, and the next sweep tries again."""
    try:
        _write_down(item, at)
    except Exception:
        about = (item.kind, item.subject.pk, item.person.pk)
        log.exception("The reminder %s of %s to %s could not be given.", *about)
        return False
    return True


def _write_down(item: Due, at: datetime) -> None:
    """Row and mail together; another sweep at the same moment finds both there and adds nothing."""
    row = Reminder(
        kind=item.kind,
        subject_id=item.subject.pk,
        person=item.person,
        moment_at=item.moment_at,
        reminded_at=at,
    )
    key = f"{item.kind}:{item.subject.pk}:{item.moment_at.isoformat()}"
    with transaction.atomic():
        Reminder.objects.bulk_create([row], ignore_conflicts=True)
        mail.queue(
            item.kind,
            key=key,
            to=[item.person],
            at=at,
            context=item.context,
            about=item.subject,
            sealed=item.sealed,
            private=item.private,
        )
