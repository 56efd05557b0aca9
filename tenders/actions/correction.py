"""Changing the wording of an open tender. What proposals are judged by is frozen; each change is a notice."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person
from tenders import locks
from tenders.actions import notice, rows
from tenders.actions import tender as tenders
from tenders.lifecycle import TENDER
from tenders.models import Tender
from tenders.queries.correction import TITLE, changes, digest_of

SAME = "Nothing is different from what the page says now"


def correct(
    tender: Tender, words: Mapping[str, str], *, why: str, by: Person, at: datetime, seen: str = ""
) -> None:
    """Put these words in place of the old ones, and tell everybody both. `seen` is their digest before."""
    if not why.strip():
        raise NotReady(["Say why. Everybody will read it"])
    with transaction.atomic(), _in_time(tender), TENDER.take("correct", tender, by=by, at=at):
        rows.unchanged(seen, digest_of(tender))
        found = changes(tender, words)
        if not found:
            raise NotReady([SAME])
        for field, text in words.items():
            setattr(tender, field, text.strip())
        tenders.settle(tender, *words)
        notice.put_up(tender, title=TITLE, text=why.strip(), by=by, at=at, changes=found)


@contextmanager
def _in_time(tender: Tender) -> Iterator[None]:
    """While proposals are taken, by the clock under the lock."""
    if tender.is_published and not tender.accepts_proposals(locks.shared(tender)):
        raise MovedOn("Proposals have closed: the words stay as they are. Publish a notice instead.")
    yield
