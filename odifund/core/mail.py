"""Mail, always through the outbox: a move queues rows, the postman sends them (docs/adr/0005).

A key and an address make a mail unique, so a repeated move or task sends nothing twice.
"""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models
from django.template import Context, Engine

from odifund.core.models import OutboxMessage, Person

State = OutboxMessage.State
CODES = timedelta(minutes=15)  # how long a code is of use: settings say the same


class FolderBackend(BaseEmailBackend):
    """Delivers into the evaluation's mail folder, a file a mail; `/demo/mail/` shows them."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message whole under its own name, in order of time."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            number = f"{len(list(folder.iterdir())):06d}-{uuid4().hex[:8]}"
            part = folder / f".{number}"
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / f"{number}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Listed:
    """An address on a list that its reader can leave: `leave` is the path. Nobody is shown the address."""

    address: str
    leave: str

    def __str__(self) -> str:
        return self.address


def queue(
    kind: str,
    *,
    key: str,
    to: Iterable[Person | Listed | str],
    at: datetime,
    context: dict[str, Any] | None = None,
    about: models.Model | None = None,
    sealed: bool | None = None,
    private: bool = False,
) -> None:
    """Queue one mail to each person or address, in the current transaction; once for each key.

    `kind` names the template: "tenders/tender_published" is `emails/tenders/tender_published.txt`,
    whose first line is the subject. `about` gives scope and seal; `sealed` hides who
    gets a mail about something public until the opening, `private` for good. What in `context` has
    a `mark` puts it before the subject. No request touches the broker.
    """
    rows = [_row(kind, key, person, at, context or {}, about) for person in to]
    for row in rows:
        row.sealed = row.sealed if sealed is None else sealed
        row.is_private = row.is_private or private
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)


def _row(
    kind: str,
    key: str,
    to: Person | Listed | str,
    at: datetime,
    context: dict[str, Any],
    about: models.Model | None,
) -> OutboxMessage:
    person = to if isinstance(to, Person) else None
    leave = f"{settings.PORTAL_URL}{to.leave}" if isinstance(to, Listed) else ""
    words = {
        "portal": settings.PORTAL_URL,
        "contact": settings.CONTACT,
        "person": person,
        "leave": leave,
        "at": at,
        **context,
    }
    # A mail is plain text: nothing in it is escaped, in the subject no more than below.
    template = Engine.get_default().get_template(f"emails/{kind}.txt")
    subject, _, body = template.render(Context(words, autoescape=False)).strip().partition("\n")
    mark = next((found for each in context.values() if (found := getattr(each, "mark", ""))), "")
    subject = subject if mark in subject else f"{mark}{subject}"
    return OutboxMessage(
        key=key,
        kind=kind,
        address=person.email if person else str(to),
        person=person,
        is_private=isinstance(to, Listed),
        leave=leave,
        scope=getattr(about, "audit_scope", None),
        sealed=getattr(about, "audit_sealed", False),
        subject=" ".join(subject.split())[:300],
        body=body.strip() + "\n",
        queued_at=at,
        try_at=at,
    )


def message(row: OutboxMessage) -> EmailMessage:
    """The mail as it is sent, with the same Message-ID each time."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{row.message_id}@{domain}>",
        "Date": format_datetime(row.queued_at),
        "Auto-Submitted": "auto-generated",
    }
    if row.leave:  # RFC 8058: a mail program leaves with one click
        headers |= {
            "List-Unsubscribe": f"<{row.leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return EmailMessage(row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [row.address], headers=headers)


def send_at_once(to: str, subject: str, body: str, *, kind: str, at: datetime) -> None:
    """The one mail a request sends itself, the sign-in code: 5 seconds, then the outbox takes it."""
    row = OutboxMessage(
        key=f"{kind}:{uuid4()}", kind=kind, address=to, subject=subject, body=body, queued_at=at, try_at=at
    )
    try:
        message(row).send()
        row.state, row.sent_at, row.body, row.attempts = State.SENT, at, "", 1
    except (OSError, smtplib.SMTPException) as error:
        row.refusal = type(error).__name__
    row.save(force_insert=True)


def was_queued(key: str) -> bool:
    """Whether any mail with this key was queued before."""
    return OutboxMessage.objects.filter(key=key).exists()


def forget(scope: UUID, addresses: Iterable[str]) -> None:
    """Forget what was sent, or waits to be, to these addresses of lists about one thing."""
    OutboxMessage.objects.filter(is_private=True, person=None, scope=scope, address__in=addresses).delete()
