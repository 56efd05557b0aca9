"""Propose and confirm: the second person confirms exactly what the first proposed.

The digest of what was proposed is stored; a confirmation finds it changed, or comes from the
proposer, and is refused.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from odifund.core import audit, canonical
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person, TwoPersonMove


def waiting(verb: str, thing: models.Model) -> TwoPersonMove | None:
    """The proposed move that waits for a second person, if any."""
    return _waiting(verb, thing).select_related("proposed_by").first()


def propose(verb: str, thing: models.Model, *, content: object, by: Person, at: datetime) -> TwoPersonMove:
    """Record what is proposed. A proposal of other content replaces one that waits; the same is refused."""
    digest = canonical.digest(content)
    if before := _waiting(verb, thing).select_for_update().first():
        if before.digest == digest:
            raise MovedOn("This was already proposed, and waits for a second person.")
        _take_back(before, by, at)
    return TwoPersonMove.objects.create(
        verb=verb,
        subject_kind=thing._meta.label_lower,
        subject_id=thing.pk,
        digest=digest,
        proposed_by=by,
        proposed_at=at,
    )


def confirm(verb: str, thing: models.Model, *, content: object, by: Person, at: datetime) -> TwoPersonMove:
    """Mark the waiting move confirmed, if it is the same and this is another person."""
    move = _waiting(verb, thing).select_for_update().first()
    if move is None:
        raise MovedOn("Nothing waits for a second person here. One person proposes it first.")
    if move.proposed_by_id == by.pk:
        raise WrongPerson("You proposed this, so another person has to confirm it.")
    if move.digest != canonical.digest(content):
        raise MovedOn("What was proposed has changed since. It has to be proposed again.")
    move.confirmed_by, move.confirmed_at = by, at
    move.save()
    return move


def only_what_was_read(verb: str, thing: models.Model, read: str | None, *, by: Person) -> None:
    """Refuse a confirmation whose page showed another proposal than the one that waits now.

    `read` is the key of the move that the page showed; None where nobody read a page. Call it under the lock.
    The proposer is told by `confirm` that it takes another person.
    """
    move = _waiting(verb, thing).exclude(proposed_by=by).first()
    if read is not None and move is not None and str(move.pk) != read:
        raise MovedOn("What you read was taken back or replaced meanwhile. Read how it stands now.")


def take_back(verb: str, thing: Any, *, by: Person, at: datetime) -> None:
    """The proposer, or another who could confirm, takes the waiting move back."""
    with transaction.atomic():
        move = _waiting(verb, thing).select_for_update().first()
        if move is None:
            raise MovedOn("Nothing waits for a second person here.")
        _take_back(move, by, at)
        audit.record("move.taken_back", thing, by=by, at=at, facts={"verb": verb}, details={"verb": verb})


def take_back_void(verbs: Iterable[str], thing: Any, *, by: Person, at: datetime) -> None:
    """Take back whichever of these waits: another move has made it void."""
    for verb in verbs:
        if _waiting(verb, thing).exists():
            take_back(verb, thing, by=by, at=at)


def _waiting(verb: str, thing: models.Model) -> models.QuerySet[TwoPersonMove]:
    return TwoPersonMove.objects.filter(verb=verb, subject_id=thing.pk, confirmed_at=None, taken_back_at=None)


def _take_back(move: TwoPersonMove, by: Person, at: datetime) -> None:
    move.taken_back_by, move.taken_back_at = by, at
    move.save()
