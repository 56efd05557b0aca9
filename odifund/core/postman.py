"""The postman: sends what waits in the outbox, one mail at a time (docs/adr/0005).

A claim is committed before a mail is handed over, and is good for `MAIL_CLAIM`. What came of it is
written down only while the claim still holds, so a mail is settled by whoever sent it last. Moments
are the database's own: sweepers on other machines keep other clocks.
"""

import logging
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from odifund.core import clock
from odifund.core.alone import alone
from odifund.core.mail import CODES, message
from odifund.core.models import OutboxMessage

log = logging.getLogger(__name__)
State = OutboxMessage.State

LOCK = 0x0D1E
BUDGET = timedelta(seconds=30)  # of one sweep; the next goes on where it ended
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=10)
PATIENCE = 720  # attempts at an address that puts us off: five days, ten minutes apart
FAULTS = 5  # failures that nobody foresaw, before a mail is given up
CLOSING = 421  # the server ends the connection: no word about the mail


class Fate(Enum):
    """What can come of handing a mail over."""

    SENT = auto()
    REFUSED = auto()
    PUT_OFF = auto()
    NO_SERVER = auto()
    FAULT = auto()


@dataclass(frozen=True)
class Answer:
    """What came of it, and what the outbox page says of it."""

    fate: Fate
    words: str = ""


def sweep() -> int:
    """Send what waits, for BUDGET at the longest; returns how many were sent.

    One sweep at a time in the whole portal: a slow server occupies one slot of one worker.
    """
    with alone(LOCK) as is_alone:
        return _send_waiting() if is_alone else 0


def _send_waiting() -> int:
    """One mail after the other; a server that does not answer ends the sweep."""
    at = clock.under_lock()
    _drop_old_codes(at)
    until, sent, server = at + BUDGET, 0, get_connection()
    try:
        while at < until and (row := _claim(at)):
            answer, at = _try(server, row), clock.under_lock()
            _settle(row, answer, at)
            sent += answer.fate is Fate.SENT
            if answer.fate is Fate.NO_SERVER:
                break
    finally:
        server.close()
    return sent


def _drop_old_codes(at: datetime) -> None:
    """A sign-in code that waited longer than it works would only mislead."""
    OutboxMessage.objects.filter(
        kind__startswith="account/", state=State.WAITING, queued_at__lt=at - CODES
    ).update(state=State.FAILED, body="", refusal="It waited longer than a code works.")


def _claim(at: datetime) -> OutboxMessage | None:
    """The mail whose turn it is. Nobody else takes it until the claim runs out: `try_at` says when."""
    with transaction.atomic():
        row = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(state__in=(State.WAITING, State.CLAIMED), try_at__lte=at)
            .order_by("try_at")
            .first()
        )
        if row is not None:
            row.state, row.claimed_at, row.try_at = State.CLAIMED, at, at + settings.MAIL_CLAIM
            row.attempts += 1
            row.save(update_fields=["state", "claimed_at", "try_at", "attempts"])
    return row


def _try(server: BaseEmailBackend, row: OutboxMessage) -> Answer:
    """Hand one mail over and understand the answer; whatever goes wrong is this mail's alone."""
    try:
        server.open()
    except (OSError, ValueError) as error:  # also a name that cannot be one: no word about the mail
        return _no_server(error)
    try:
        server.send_messages([message(row)])
    except smtplib.SMTPRecipientsRefused as refused:
        return _understood([code for code, _ in refused.recipients.values()])
    except smtplib.SMTPDataError as refused:
        return _understood([refused.smtp_code])
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        return Answer(Fate.REFUSED, f"The mail cannot be written ({type(error).__name__}).")
    except OSError as error:
        return _no_server(error)
    except Exception as error:
        log.exception("Mail %s could not be sent.", row.pk)
        server.close()
        return Answer(Fate.FAULT, f"It could not be sent ({type(error).__name__}).")
    return Answer(Fate.SENT)


def _no_server(error: Exception) -> Answer:
    log.warning("The mail server did not answer: %r", error)
    return Answer(Fate.NO_SERVER, f"The mail server did not answer ({type(error).__name__}).")


def _understood(codes: list[int]) -> Answer:
    """500 and above is no for good; 400 and above is not now."""
    code = codes[0]
    if code == CLOSING:
        return Answer(Fate.NO_SERVER, f"The mail server closed the connection ({code}).")
    if code >= 500:
        return Answer(Fate.REFUSED, f"The mail was refused ({code}).")
    return Answer(Fate.PUT_OFF, f"The mail was put off ({code}).")


def _settle(row: OutboxMessage, answer: Answer, at: datetime) -> None:
    """Write down what came of it, unless the claim ran out meanwhile: then somebody else has the mail."""
    ours = OutboxMessage.objects.filter(pk=row.pk, state=State.CLAIMED, claimed_at=row.claimed_at)
    if not ours.update(refusal=answer.words, **_outcome(row, answer.fate, at)):
        log.warning("Mail %s took longer than its claim and may come twice.", row.pk)


def _outcome(row: OutboxMessage, fate: Fate, at: datetime) -> dict[str, Any]:
    if fate is Fate.SENT:
        return {"state": State.SENT, "sent_at": at, "body": "", "leave": ""}
    try_at = at + _pause(at - row.queued_at)
    if fate is Fate.NO_SERVER:
        return {"state": State.WAITING, "try_at": try_at, "attempts": row.attempts - 1}
    faults = row.faults + (fate is Fate.FAULT)
    given_up = fate is Fate.REFUSED or faults >= FAULTS or row.attempts >= PATIENCE
    return {"state": State.FAILED if given_up else State.WAITING, "try_at": try_at, "faults": faults}


def _pause(waited: timedelta) -> timedelta:
    """As long again as it has waited already: half a minute at first, ten minutes in the end."""
    return min(max(waited, FIRST_PAUSE), LONGEST_PAUSE)
