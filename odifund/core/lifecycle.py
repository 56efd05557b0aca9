"""The lifecycle table: every legal move of a thing, as a row.

Buttons, permission, the clock's sweep, the event and docs/lifecycle.md are read from the same row.
A `Step` is made by a person, a `Tick` by the clock. Two-person moves are two rows: one `proposes`
a verb, the row of that verb is `second`. See docs/adr/0002.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models, transaction

from odifund.core import audit, two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson

if TYPE_CHECKING:
    from odifund.core.models import Person

M = TypeVar("M", bound=models.Model)
Who = Callable[[Any, Any], bool]
Needs = Callable[[Any, datetime], Iterable[str]]
Content = Callable[[Any], object]


@dataclass(frozen=True)
class Step:
    """A move a person makes. `to` is None where the status stays. `needs` yields what is missing.

    `confirms` names what was proposed, where a `second` confirms it under another verb.
    """

    verb: str
    event: str
    from_: tuple[str, ...]
    to: str | None
    who: Who
    needs: Needs | None = None
    proposes: str = ""
    second: bool = False
    confirms: str = ""
    content: Content | None = None


@dataclass(frozen=True)
class Tick:
    """A move the clock makes, never early: `due` names the field with its moment."""

    verb: str
    event: str
    from_: tuple[str, ...]
    to: str
    due: str


class Lifecycle(Generic[M]):
    """The table of one model's moves."""

    def __init__(self, model: type[M], *rows: Step | Tick) -> None:
        self.model = model
        self.rows = {row.verb: row for row in rows}

    def allows(self, verb: str, thing: M, person: "Person") -> bool:
        """Whether this person may make this move now: what a page asks before it draws a button."""
        row = self.rows[verb]
        return isinstance(row, Step) and self._status(thing) in row.from_ and row.who(person, thing)

    def missing(self, verb: str, thing: M, at: datetime) -> list[str]:
        """What still stands in the way of the move, in sentences."""
        row = self.rows[verb]
        return list(row.needs(thing, at)) if isinstance(row, Step) and row.needs else []

    def due(self, verb: str, at: datetime) -> models.QuerySet[M]:
        """The things whose moment for this tick has come."""
        row = self.rows[verb]
        assert isinstance(row, Tick)
        return self.model._default_manager.filter(**{"status__in": row.from_, f"{row.due}__lte": at})

    @contextmanager
    def take(
        self,
        verb: str,
        thing: M,
        *,
        at: datetime,
        by: "Person | None" = None,
        facts: Mapping[str, object] | None = None,
        details: Mapping[str, object] | None = None,
        is_locked: bool = False,
    ) -> Iterator[M]:
        """Make the move: lock, re-read, check, change, save, record; all or none.

        The body of the `with` sets what else changes and writes the notices. Raises WrongPerson, MovedOn or
        NotReady. `facts` are chained, `details` can be erased. `is_locked`: read under its lock already.
        """
        row = self.rows[verb]
        with transaction.atomic(savepoint=not is_locked):  # its lock has begun the transaction
            if not is_locked:
                thing.refresh_from_db(from_queryset=self._locked(thing))
            self._check(row, thing, by, at)
            if isinstance(row, Step):
                self._second_pair_of_eyes(row, thing, by, at)
            if row.to is not None:
                thing.status = row.to  # type: ignore[attr-defined]
            yield thing
            thing.save()
            audit.record(row.event, thing, by=by, at=at, facts=facts, details=details)

    def _locked(self, thing: M) -> models.QuerySet[M]:
        """The row under its lock, and afresh with it what the thing had already loaded of its relations."""
        known = list(_loaded(thing))
        locked = self.model._base_manager.select_for_update(of=("self",))
        return locked.select_related(*known) if known else locked

    def _check(self, row: Step | Tick, thing: M, by: "Person | None", at: datetime) -> None:
        if isinstance(row, Tick):
            due = getattr(thing, row.due)
            if self._status(thing) not in row.from_ or due is None or due > at:
                raise MovedOn("This has moved on.")
            return
        if by is None or not row.who(by, thing):
            raise WrongPerson("You may not do this.")
        if self._status(thing) not in row.from_:
            raise MovedOn("This has moved on since the page was drawn.")
        if missing := self.missing(row.verb, thing, at):
            raise NotReady(missing)

    def _second_pair_of_eyes(self, row: Step, thing: M, by: "Person | None", at: datetime) -> None:
        assert by is not None
        content = row.content(thing) if row.content else None
        if row.proposes:
            two_person.propose(row.proposes, thing, content=content, by=by, at=at)
        elif row.second:
            two_person.confirm(row.confirms or row.verb, thing, content=content, by=by, at=at)

    @staticmethod
    def _status(thing: models.Model) -> str:
        return str(getattr(thing, "status"))  # noqa: B009  (models differ; each has a status)


def _loaded(thing: models.Model) -> Iterator[str]:
    """The relations that the thing holds in memory already, and theirs: `consortium`, `consortium__lead`."""
    for key in thing._meta.concrete_fields:
        if isinstance(key, models.ForeignKey) and key.is_cached(thing):
            yield key.name
            if related := getattr(thing, key.name):
                yield from (f"{key.name}__{deeper}" for deeper in _loaded(related))
