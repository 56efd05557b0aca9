"""The one way to change what is drafted: alone, by the consortium, until it is handed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist

from deliverables import access, locks
from deliverables.models import BlogPost, Deliverable, Pattern
from deliverables.queries.deliverable import why_closed
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from odifund.core.models.base import Row
from odifund.core.wording import time_of_day


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
            raise MovedOn(why_closed(deliverable))
        yield


def reread(row: Row) -> None:
    """The row as it is now, under the lock; refuses when a colleague has removed it meanwhile."""
    name = str(row)
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist:
        raise MovedOn(f"A colleague has removed “{name}”.") from None


def saved_meanwhile(draft: BlogPost | Pattern) -> NotReady:
    """Somebody saved other words since the page was opened: both are kept, and the writer decides."""
    moment = time_of_day(draft.written_at)
    words = (
        f"{draft.written_by} saved other words at {moment}, after you opened this page. Theirs are kept and"
        " shown above the form; yours are in it and not saved yet. Put what you want to keep of both into"
        " the form, and save again."
    )
    return NotReady([words])
