"""Public addresses from titles: each once."""

from uuid import UUID

from django.db import connection
from django.utils.text import slugify

from deliverables.models import BlogPost, Pattern

LONGEST = 90
SLUGS_LOCK = 0x51C6


def slug_for(kind: type[BlogPost] | type[Pattern], title: str, *, but: UUID | None = None) -> str:
    """A free address for this title, held until the transaction ends; row `but` may keep its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLUGS_LOCK])
    stem = slugify(title)[:LONGEST].strip("-") or "untitled"
    manager = kind._default_manager
    others = manager.exclude(pk=but) if but else manager.all()
    taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := f"{stem}-{number}" if number > 1 else stem) in taken:
        number += 1
    return slug
