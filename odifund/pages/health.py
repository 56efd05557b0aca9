"""`/healthz`: whether a proposal could be taken now, and whether the background keeps up.

It is 503 only when a proposal could not be taken (web, database, storage). Mail and reminders
may wait, so the broker, the worker, beat and the virus scanner count only when asked for with `?all`.
A portal without a scanner says so, and that is no failure.

Anybody may ask, so an answer costs little: the one thing that writes is remembered for some seconds.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import psycopg2
import redis
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odifund.core import heartbeat, pulse, scanning
from odifund.core.http import PortalRequest

OK = "ok"
NO_SCANNER = "none: files are not checked for viruses"
NEEDED_FOR_PROPOSALS = ("web", "database", "storage")
BROKER_LIMIT = SCANNER_LIMIT = 0.5  # seconds
LATELY = timedelta(seconds=90)
REMEMBERED = timedelta(seconds=5)


@require_safe
@never_cache
def health(request: PortalRequest) -> HttpResponse:
    """The state of every part, in words; "ok" is the only good one."""
    parts = {
        "web": OK,
        "database": _state(_ask_database, psycopg2.Error, TimeoutError),
        "storage": _storage(Path(settings.MEDIA_ROOT), request.at.timestamp() // REMEMBERED.seconds),
        "broker": _state(_ask_broker, redis.RedisError, OSError),
    }
    parts |= (
        _seen_lately(request.at)
        if parts["database"] == OK
        else dict.fromkeys(("worker", "beat"), "not known")
    )
    asked_for: Iterable[str] = NEEDED_FOR_PROPOSALS
    if "all" in request.GET:
        parts["scanner"] = _state(_ask_scanner, scanning.Away) if settings.CLAMD else NO_SCANNER
        asked_for = parts
    well = all(parts[name] in (OK, NO_SCANNER) for name in asked_for)
    return JsonResponse(parts, status=200 if well else 503)


def could_take_a_proposal() -> bool:
    """Whether database and storage would take one now; that web does is said by asking."""
    return all(
        state == OK
        for state in (
            _state(_ask_database, psycopg2.Error, TimeoutError),
            _state(lambda: _write_canary(Path(settings.MEDIA_ROOT)), OSError),
        )
    )


def _state(ask: Callable[[], None], *faults: type[Exception]) -> str:
    """What a part says of itself; the address or the folder of a fault stays in the log."""
    try:
        ask()
    except faults as fault:
        return f"failed: {type(fault).__name__}"
    return OK


def _ask_database() -> None:
    """It answers in time and takes rows."""
    if pulse.ask_database("SELECT current_setting('transaction_read_only')") != ("off",):
        raise psycopg2.DatabaseError("the database takes no rows")


@lru_cache(maxsize=1)
def _storage(folder: Path, _span: float) -> str:
    """Asked once in each span of some seconds, by each process."""
    return _state(lambda: _write_canary(folder), OSError)


def _write_canary(folder: Path) -> None:
    """A file can be written where attachments go, is on disk for certain, and can be removed."""
    folder.mkdir(parents=True, exist_ok=True)
    canary = folder / f"canary-{secrets.token_hex(8)}"
    try:
        with canary.open("xb") as file:
            file.write(b"canary")
            file.flush()
            os.fsync(file.fileno())
    finally:
        canary.unlink(missing_ok=True)


def _ask_broker() -> None:
    with redis.from_url(
        settings.REDIS_URL, socket_timeout=BROKER_LIMIT, socket_connect_timeout=BROKER_LIMIT
    ) as broker:
        broker.ping()


def _ask_scanner() -> None:
    scanning.ping(SCANNER_LIMIT)


def _seen_lately(at: datetime) -> dict[str, str]:
    """Worker and beat leave a sign of life while they run."""
    seen = heartbeat.last_seen()
    return {
        name: OK if name in seen and at - seen[name] < LATELY else _since(seen.get(name))
        for name in ("worker", "beat")
    }


def _since(moment: datetime | None) -> str:
    return f"not seen since {moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "never seen"
