"""Mail, always through the outbox: a move queues rows, the sweep sends them (docs/adr/0005).

A key and an address make a mail unique, so a repeated move or task sends nothing twice. Sending
commits a claim first and uses a fixed Message-ID; a claim gone stale is sent again.
"""

import smtplib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.template import Context, Engine

from odifund.core.models import OutboxMessage, Person

State = OutboxMessage.State
STALE = timedelta(minutes=5)
PATIENCE = 8  # attempts before a mail is given up
CODES = timedelta(minutes=15)  # how long a code is of use: settings say the same
REFUSALS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError)


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
    sealed: bool | None = None,
) -> None:
    """Queue one mail to each person or address, in the current transaction; once for each key.

    `kind` names the template: "tenders/tender_published" is `emails/tenders/tender_published.txt`,
    whose first line is the subject. `about` gives scope and seal; `sealed` hides who
    gets a mail about something public. No request touches the broker.
    """
    rows = [_row(kind, key, person, at, context or {}, about) for person in to]
    for row in rows:
        row.sealed = row.sealed if sealed is None else sealed
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
    # A mail is plain text: nothing in it is escaped, in the subject no more than below.
    template = Engine.get_default().get_template(f"emails/{kind}.txt")
    subject, _, body = template.render(Context(words, autoescape=False)).strip().partition("\n")
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
    """Send what waits; returns how many were sent. Safe for many sweepers at once.

    A server that does not answer ends the sweep: what was claimed beside goes back, and waits a little.
    """
    _drop_old_codes(at)
    claimed, sent = _claim(at, batch), 0
    connection = get_connection()
    try:
        while claimed:
            row = claimed.pop(0)
            try:
                connection.open()
                connection.send_messages([message(row)])
            except REFUSALS as refused:
                _refused(row, refused, at)
            except (OSError, smtplib.SMTPException) as error:
                row.refusal = type(error).__name__
                _failed(row, at, for_good=row.attempts >= PATIENCE)
                break
            else:
                _sent(row, at)
                sent += 1
    finally:
        connection.close()
        _give_back(claimed, at)
    return sent


def _drop_old_codes(at: datetime) -> None:
    """A sign-in code that waited longer than it works would only mislead."""
    OutboxMessage.objects.filter(
        kind__startswith="account/", state=State.WAITING, queued_at__lt=at - CODES
    ).update(state=State.FAILED, body="", refusal="It waited longer than a code works.")


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
    headers = {
        "Message-ID": f"<{row.message_id}@{domain}>",
        "Date": format_datetime(row.queued_at),
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [row.address], headers=headers)


def _sent(row: OutboxMessage, at: datetime) -> None:
    row.state, row.sent_at, row.body, row.refusal = State.SENT, at, "", ""
    row.save()


def _refused(row: OutboxMessage, refused: Exception, at: datetime) -> None:
    """The server, or the mail's own form, says no to this one mail; a code of 500 and above is for good."""
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in refused.recipients.values()]
    elif isinstance(refused, smtplib.SMTPDataError):
        codes = [refused.smtp_code]
    else:
        codes = []
    row.refusal = f"The mail was refused ({codes[0] if codes else type(refused).__name__})."
    _failed(row, at, for_good=not codes or codes[0] >= 500 or row.attempts >= PATIENCE)


def _failed(row: OutboxMessage, at: datetime, *, for_good: bool) -> None:
    row.state = State.FAILED if for_good else State.WAITING
    row.try_at = at + timedelta(seconds=min(30 * 2**row.attempts, 3600))
    row.save()


def _give_back(rows: list[OutboxMessage], at: datetime) -> None:
    """Rows that were claimed and not tried wait again, without an attempt counted."""
    keys = [row.pk for row in rows]
    OutboxMessage.objects.filter(pk__in=keys, state=State.CLAIMED, claimed_at=at).update(
        state=State.WAITING,
        claimed_at=None,
        attempts=models.F("attempts") - 1,
        try_at=at + timedelta(seconds=30),
    )


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
