"""Reminders: each app says which are due, the sweep gives each once.

A reminder is a row, unique for its kind, subject, person and moment; the mail is queued in the
same transaction. A sweep that slept over the moment gives it late, as long as it is still of use.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models, transaction

from odifund.core import mail
from odifund.core.models import Person, Reminder


@dataclass(frozen=True)
class Due:
    """Somebody is to be reminded of `subject` and its `moment_at`; `kind` names the mail's template."""

    kind: str
    subject: models.Model
    person: Person
    moment_at: datetime
    context: dict[str, Any] = field(default_factory=dict)


sources: list[Callable[[datetime], Iterable[Due]]] = []
"""Functions that yield what is due at a moment; each app adds its own when it starts."""


def sweep(at: datetime) -> int:
    """Give every reminder that is due; returns how many were new."""
    return sum(_give(due, at) for source in sources for due in source(at))


def _give(due: Due, at: datetime) -> int:
    with transaction.atomic():
        made = Reminder.objects.bulk_create(
            [
                Reminder(
                    kind=due.kind,
                    subject_id=due.subject.pk,
                    person=due.person,
                    moment_at=due.moment_at,
                    reminded_at=at,
                )
            ],
            ignore_conflicts=True,
        )
        key = f"{due.kind}:{due.subject.pk}:{due.moment_at.isoformat()}"
        assert made
        return mail.queue(due.kind, key=key, to=[due.person], at=at, context=due.context, about=due.subject)
