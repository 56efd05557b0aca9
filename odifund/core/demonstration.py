"""Whether this database holds the demonstration, and the mark that says so."""

from datetime import datetime

from odifund.core.models import Demonstration, Person


def is_loaded() -> bool:
    """Whether the loader marked this database."""
    return Demonstration.objects.exists()


def mark(at: datetime) -> None:
    """Mark this database as the demonstration's."""
    Demonstration.objects.create(loaded_at=at)


def person(email: str) -> Person:
    """Somebody of the cast, by address."""
    return Person.objects.get(email=email)


def is_empty() -> bool:
    """Whether nobody is in this database yet: only then may the demonstration be loaded."""
    return not Person.objects.exists()
