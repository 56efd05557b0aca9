"""Changing the wording of an open tender. What proposals are judged by is frozen; each change is a notice."""

from collections.abc import Mapping
from datetime import datetime

from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person
from tenders.actions import notice, rows
from tenders.actions import tender as tenders
from tenders.lifecycle import TENDER
from tenders.models import Tender
from tenders.queries.correction import WORDS, digest_of
from tenders.queries.notice import Change


def correct(
    tender: Tender, words: Mapping[str, str], *, why: str, by: Person, at: datetime, seen: str = ""
) -> None:
    """Put these words in place of the old ones, and tell everybody both. `seen` is their digest before."""
    if not why.strip():
        raise NotReady(["Say why. Everybody will read it"])
    with TENDER.take("correct", tender, by=by, at=at):
        if not tender.accepts_proposals(at):
            raise MovedOn("Proposals have closed: the words stay as they are. Publish a notice instead.")
        rows.unchanged(seen, digest_of(tender))
        changes = [
            Change(WORDS[field], getattr(tender, field), text.strip())
            for field, text in words.items()
            if text.strip() != getattr(tender, field)
        ]
        if not changes:
            raise NotReady(["Nothing is different from what the page says now"])
        for field, text in words.items():
            setattr(tender, field, text.strip())
        tenders.settle(tender, *words)
        title = "Changed wording"
        notice.put_up(tender, title=title, text=why.strip(), by=by, at=at, changes=changes)
