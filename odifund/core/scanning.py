"""The virus scanner: clamd looks at every stored file before anybody but its sender opens it (docs/adr/0013).

No request waits for it. A sweep asks it about each file that waits; while it is away they go on waiting.
A verdict changes who may open a file and nothing else: when it was received and what counts stay.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket, CommunicationError
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from odifund.core import access, audit, mail
from odifund.core.alone import alone
from odifund.core.models import Person, StoredFile

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

log = logging.getLogger(__name__)
Scan = StoredFile.Scan

LOCK = 0x0D20
BATCH = 50  # files of one sweep
TIMEOUT = 30.0  # seconds for one file
AGAIN = timedelta(minutes=5)  # after which a file is tried again that the scanner could not tell of

found_harmful: list[Callable[[StoredFile, datetime], bool]] = []
"""Functions that tell an app's people of a harmful file and say whether it was theirs; apps add them."""


class Away(Exception):
    """The scanner cannot be reached."""


class Verdict(NamedTuple):
    """What the scanner said of a file."""

    scan: str
    threat: str = ""


class Shown(NamedTuple):
    """How a page shows where a file stands: words, the tag's kind, and whether this person opens it."""

    text: str
    kind: str
    opens: bool
    threat: str = ""
    waits: bool = False


def is_there() -> bool:
    """Whether this portal has a scanner at all."""
    return bool(settings.CLAMD)


def sweep(at: datetime) -> int:
    """Ask about files that wait, one after another; returns how many were told of.

    One sweep at a time: while the scanner hangs, mail and reminders have the other workers.
    """
    if not settings.CLAMD:
        return 0
    with alone(LOCK) as is_alone:
        return _look_at_waiting(at) if is_alone else 0


def _look_at_waiting(at: datetime) -> int:
    told = 0
    try:
        for key in list(_waiting(at).values_list("pk", flat=True)[:BATCH]):
            told += _look_at(key, at)
    except Away as away:
        log.warning("The virus scanner cannot be reached, files wait: %s", away)
    return told


def ping(timeout: float) -> None:
    """Raises `Away` unless the scanner answers within these seconds."""
    scanner = _scanner(timeout)
    try:
        scanner.ping()
    except (ClamdError, OSError) as fault:
        scanner.clamd_socket.close()  # which it leaves open where it cannot connect
        raise Away(type(fault).__name__) from fault


def shown(stored: StoredFile | None, user: "Person | AnonymousUser") -> Shown:
    """How the file stands, for this person."""
    if stored and stored.is_harmful:
        return Shown("Held: a virus was found", "late", False, threat=stored.threat)
    if stored and stored.is_clean:
        return Shown("No virus found", "quiet", True)
    if not settings.CLAMD:
        return Shown("Not checked for viruses", "quiet", True)
    opens = stored is not None and access.opens(user, stored)
    return Shown("Being checked for viruses", "live", opens, waits=True)


def said_of_harmful(stored: StoredFile) -> str:
    """What a page says of a file in which a virus was found."""
    return (
        f"A virus was found in “{stored.name}” ({stored.threat}). The file is kept as it was sent,"
        " and nobody can open it."
    )


def said_of_waiting(stored: StoredFile) -> str:
    """What a page says of a file that waits for the scanner."""
    return (
        f"Until “{stored.name}” is checked, only the person who sent it can open it."
        " That takes seconds most often. Load this page again in a minute."
    )


def _waiting(at: datetime) -> QuerySet[StoredFile]:
    due = Q(scan_after=None) | Q(scan_after__lte=at)
    return StoredFile.objects.filter(due, scan=Scan.WAITING).order_by("uploaded_at", "pk")


@transaction.atomic
def _look_at(key: UUID, at: datetime) -> bool:
    """Ask about one file. Its lock leaves the key free: drafts and versions take the file meanwhile."""
    rows = StoredFile.objects.select_for_update(skip_locked=True, no_key=True)
    stored = rows.filter(pk=key, scan=Scan.WAITING).first()
    if stored is None:
        return False
    verdict = _ask(stored)
    if verdict is None:
        stored.scan_after = at + AGAIN
        stored.save(update_fields=["scan_after"])
        return False
    stored.scan, stored.threat, stored.scanned_at = verdict.scan, verdict.threat, at
    stored.save(update_fields=["scan", "threat", "scanned_at"])
    if stored.is_harmful:
        _tell(stored, at)
    return True


def _ask(stored: StoredFile) -> Verdict | None:
    """What the scanner says; nothing where it cannot say. Raises `Away` where it does not answer."""
    try:
        with (Path(settings.MEDIA_ROOT) / stored.path).open("rb") as file:
            state, reason = _scanner(TIMEOUT).instream(file).get("stream", ("", None))
    except FileNotFoundError:
        log.error("The file %s is not in storage and cannot be checked for viruses.", stored.pk)
        return None
    except (CommunicationError, TimeoutError) as fault:
        raise Away(type(fault).__name__) from fault
    except (ClamdError, OSError) as fault:
        # It closes the connection on a file longer than its StreamMaxLength, so others are not held up.
        log.error("The virus scanner could not check the file %s: %s", stored.pk, type(fault).__name__)
        return None
    if state == "OK":
        return Verdict(Scan.CLEAN)
    if state == "FOUND":
        return Verdict(Scan.HARMFUL, (reason or "no name")[:120])
    log.error("The virus scanner could not check the file %s: %s", stored.pk, reason or "no answer")
    return None


def _tell(stored: StoredFile, at: datetime) -> None:
    """Those whose file it is; where no app knows it, whoever sent it."""
    if any(tell(stored, at) for tell in found_harmful):
        return
    audit.record("file.found_harmful", stored, at=at)
    words = {"said": said_of_harmful(stored), "stored": stored}
    kind = "core/file_found_harmful"
    mail.queue(kind, key=f"{kind}:{stored.pk}", to=[stored.uploaded_by], at=at, context=words)


def _scanner(timeout: float) -> ClamdNetworkSocket:
    parts = urlsplit(settings.CLAMD)
    if parts.scheme == "unix":
        return ClamdUnixSocket(parts.path, timeout)  # type: ignore[arg-type]  # seconds, also in parts
    return ClamdNetworkSocket(str(parts.hostname), parts.port or 3310, timeout)
