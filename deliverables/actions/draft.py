"""The one way to change what is drafted: alone, by the consortium, until it is handed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model

from deliverables import access, locks
from deliverables.models import Deliverable
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person


@contextmanager
def changing(deliverable: Deliverable, kind: str, *, by: Person) -> Iterator[None]:
    """Inside, the drafts of this kind are the person's to change; handing in and reviewing wait."""
    if deliverable.kind != kind:
        raise NotReady([f"“{deliverable}” does not take this. Nothing was saved."])
    with locks.alone(deliverable.contract):
        deliverable.refresh_from_db()
        if not access.delivers(by, deliverable):
            raise WrongPerson("Only the consortium’s named people write here.")
        if not access.edits(by, deliverable):
            raise MovedOn("This was handed in, so it cannot be changed now. Nothing was saved.")
        yield


def still_there(row: Model) -> None:
    """Refuse to change what a colleague has removed since the page was drawn; called under the lock."""
    if not type(row)._default_manager.filter(pk=row.pk).exists():
        raise MovedOn(f"A colleague has removed “{row}”. Nothing was saved.")
