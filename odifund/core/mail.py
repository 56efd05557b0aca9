"""Mail, always through the outbox: a move queues rows, the sweep sends them (docs/adr/0005).

A key and an address make a mail unique, so a repeated move or task sends nothing twice. Sending
commits a claim first and uses a fixed Message-ID; a claim gone stale is sent again.
"""

import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template.loader import render_to_string

from odifund.core.models import OutboxMessage, Person

State = OutboxMessage.State
STALE = timedelta(minutes=5)
PATIENCE = 8  # attempts before a mail is given up


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


def queue(
    kind: str,
    *,
    key: str,
    to: Iterable[Person | str],
    at: datetime,
    context: dict[str, Any] | None = None,
    about: models.Model | None = None,
) -> None:
    """Queue one mail to each person or address, in the current transaction; once for each key.

    `kind` names the template: "tenders/tender_published" is `emails/tenders/tender_published.txt`,
    whose first line is the subject. `about` gives scope and seal. No request touches the broker.
    """
    rows = [_row(kind, key, person, at, context or {}, about) for person in to]
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)


def _row(
    kind: str, key: str, to: Person | str, at: datetime, context: dict[str, Any], about: models.Model | None
) -> OutboxMessage:
    person = to if isinstance(to, Person) else None
    words = {
        "portal": settings.PORTAL_URL,
        "contact": settings.CONTACT,
        "person": person,
        "at": at,
        **context,
    }
    subject, _, body = render_to_string(f"emails/{kind}.txt", words).strip().partition("\n")
    return OutboxMessage(
        key=key,
        kind=kind,
        address=person.email if person else str(to),
        person=person,
        scope=getattr(about, "audit_scope", None),
        sealed=getattr(about, "audit_sealed", False),
        subject=" ".join(subject.split())[:300],
        body=body.strip() + "\n",
        queued_at=at,
        try_at=at,
    )


def sweep(at: datetime, *, batch: int = 50) -> int:
    """Send what waits; returns how many were sent. Safe for many sweepers at once."""
    claimed = _claim(at, batch)
    if not claimed:
        return 0
    sent = 0
    connection = get_connection()
    try:
        for row in claimed:
            sent += _send(row, connection, at)
    finally:
        connection.close()
    return sent


def _claim(at: datetime, batch: int) -> list[OutboxMessage]:
    waiting = models.Q(state=State.WAITING, try_at__lte=at)
    stale = models.Q(state=State.CLAIMED, claimed_at__lt=at - STALE)
    with transaction.atomic():
        rows = list(
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(waiting | stale)
            .order_by("queued_at")[:batch]
        )
        for row in rows:
            row.state, row.claimed_at, row.attempts = State.CLAIMED, at, row.attempts + 1
        OutboxMessage.objects.bulk_update(rows, ["state", "claimed_at", "attempts"])
    return rows


def message(row: OutboxMessage) -> EmailMessage:
    """The mail as it is sent, with the same Message-ID each time."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{row.message_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [row.address], headers=headers)


def _send(row: OutboxMessage, connection: Any, at: datetime) -> int:
    try:
        connection.send_messages([message(row)])
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        row.refusal = f"The address was refused ({codes[0] if codes else 'no code'})."
        for_good = any(500 <= code < 600 for code in codes)
        return _failed(row, at, for_good=for_good)
    except (OSError, smtplib.SMTPException) as error:
        row.refusal = f"{type(error).__name__}"[:300]
        connection.close()
        return _failed(row, at, for_good=row.attempts >= PATIENCE)
    row.state, row.sent_at, row.body, row.refusal = State.SENT, at, "", ""
    row.save()
    return 1


def _failed(row: OutboxMessage, at: datetime, *, for_good: bool) -> int:
    row.state = State.FAILED if for_good else State.WAITING
    row.try_at = at + timedelta(seconds=min(30 * 2**row.attempts, 3600))
    row.save()
    return 0


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
