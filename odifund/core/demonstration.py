"""Whether this database holds the demonstration, the mark that says so, and whose its doors are."""

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from odifund.core.models import Demonstration, Person

PASSED_ON = {"HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA"}
_known: bool | None = None


def is_loaded() -> bool:
    """Whether the loader marked this database."""
    return Demonstration.objects.exists()


def mark(at: datetime) -> None:
    """Mark this database as the demonstration's."""
    Demonstration.objects.create(loaded_at=at)


def is_known() -> bool:
    """Whether pages say so. A process asks until it finds people, so no more than once as a rule.

    Only an evaluation asks: nowhere else is the demonstration loaded.
    """
    global _known  # noqa: PLW0603  (what this process has learned)
    if _known is None and settings.MODE == "evaluation":
        try:
            _known = is_loaded() or (None if is_empty() else False)
        except DatabaseError:
            return False
    return bool(_known)


def on_pages(request: HttpRequest) -> dict[str, bool]:
    """For every page: whether all in it is invented, and whether the doors open to who asks."""
    known = is_known()
    return {"demonstration": known, "demonstration_doors": known and from_this_machine(request)}


def from_this_machine(request: HttpRequest) -> bool:
    """Loopback, and passed on by no proxy."""
    if any(name in PASSED_ON or name.startswith("HTTP_X_FORWARDED") for name in request.META):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def people(emails: Iterable[str]) -> dict[str, Person]:
    """People of the cast, by address."""
    return {person.email: person for person in Person.objects.filter(email__in=list(emails))}


def is_empty() -> bool:
    """Whether nobody is in this database yet: only then may the demonstration be loaded."""
    return not Person.objects.exists()
