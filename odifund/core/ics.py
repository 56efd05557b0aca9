"""Calendar files after RFC 5545: whole days and instants, to subscribe to.

Pure: knows neither Django nor a table, reads no clock; every value comes as an argument.
It writes what a timetable needs and no more: no lengths, repetitions, alarms or zones (times are in UTC).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

LONGEST = 75  # octets of a line
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class Occasion:
    """One date. `uid` never changes; `changed_at` and `sequence` only grow: a moved date is taken over."""

    uid: str
    when: date | datetime
    title: str
    text: str
    url: str
    changed_at: datetime
    sequence: int = 0
    is_cancelled: bool = False


def calendar(name: str, maker: str, occasions: Iterable[Occasion]) -> str:
    """The whole file. `maker` is the product that wrote it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{escaped(maker)}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for occasion in occasions:
        lines += _event(occasion)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(occasion: Occasion) -> Iterator[str]:
    changed = _instant(occasion.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(occasion.uid)}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{occasion.sequence}"
    if isinstance(occasion.when, datetime):
        yield f"DTSTART:{_instant(occasion.when)}"
    else:
        yield f"DTSTART;VALUE=DATE:{occasion.when:%Y%m%d}"
    yield f"SUMMARY:{escaped(occasion.title)}"
    if occasion.text:
        yield f"DESCRIPTION:{escaped(occasion.text)}"
    yield f"URL:{occasion.url}"
    if occasion.is_cancelled:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value: what separates values is escaped, what cannot be seen left out."""
    plain = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of 75 octets at the most; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > LONGEST:
            pieces.append(piece)
            piece, size = "", 1  # the space that the next piece begins with
        piece += character
        size += octets
    return "\r\n ".join([*pieces, piece])
