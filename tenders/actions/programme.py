"""Programmes: adding one and changing its words."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from odifund.core import audit
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Programme


def add(*, title: str, purpose: str, by: Person, at: datetime) -> Programme:
    """A new programme. Its address comes from the title, which therefore is taken once."""
    _only_managers(by)
    slug = slugify(title)[:80].strip("-")
    if not slug:
        raise NotReady(["Give the programme a title with letters or numbers in it."])
    with transaction.atomic():
        programme, new = Programme.objects.get_or_create(
            slug=slug,
            defaults={"title": title.strip(), "purpose": purpose.strip(), "added_by": by, "added_at": at},
        )
        if not new:
            raise NotReady(
                [f"There is a programme called “{programme.title}” already. Choose it, or another title."]
            )
        audit.record("programme.added", programme, by=by, at=at)
    return programme


def edit(programme: Programme, *, title: str, purpose: str, by: Person, at: datetime) -> None:
    """Change the words. The address stays, so that links to it keep working."""
    _only_managers(by)
    with transaction.atomic():
        programme.title, programme.purpose = title.strip(), purpose.strip()
        programme.save()
        audit.record("programme.edited", programme, by=by, at=at)


def _only_managers(by: Person) -> None:
    if not access.manages(by):
        raise WrongPerson("Only a manager adds and changes programmes.")
