"""Who is at the same thing right now: kept in the cache for a while, since a row would be too much.

Two who come in the same instant can hide each other until they are seen again, some seconds later.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.cache import cache

from odifund.core.models import Person

GONE = timedelta(seconds=75)
"""Who was not seen for so long is gone. Pages say that somebody is there every 30 seconds."""

Seen = dict[UUID, tuple[str, datetime]]


def others(place: str, person: Person, at: datetime) -> list[str]:
    """The names of the others who were seen at this place lately."""
    return _names(_seen(place), person, at)


def come(place: str, person: Person, at: datetime) -> list[str]:
    """The person is there; the names of the others who are."""
    seen = _seen(place)
    seen[person.pk] = (str(person), at)
    cache.set(place, {key: each for key, each in seen.items() if at - each[1] < GONE}, 90)
    return _names(seen, person, at)


def _seen(place: str) -> Seen:
    found: Seen = cache.get(place) or {}
    return found


def _names(seen: Seen, person: Person, at: datetime) -> list[str]:
    return sorted(name for key, (name, when) in seen.items() if key != person.pk and at - when < GONE)
