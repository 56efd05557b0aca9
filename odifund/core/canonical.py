"""One way to write a value down, so that the same value always has the same digest.

RFC 8785 canonical JSON; decimals, dates, instants and keys are written as text first.
"""

import hashlib
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import rfc8785


def plain(value: Any) -> Any:
    """The value as JSON has it: instants in UTC to the microsecond, decimals and keys as text."""
    match value:
        case dict():
            return {str(key): plain(part) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case datetime() if value.tzinfo is None:
            raise ValueError("an instant has a zone")
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal() | uuid.UUID():
            return str(value)
        case _:
            return value


def text(value: Any) -> str:
    """Canonical JSON (RFC 8785) of the value."""
    return rfc8785.dumps(plain(value)).decode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal characters."""
    return hashlib.sha256(text(value).encode()).hexdigest()
