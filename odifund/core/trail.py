"""Reading the trail: events as sentences, for people who may read them.

An event of something sealed is said by its sealed line, without person, organisation or reference,
unless the reader has been let into its scope. Who is let into which is said by the caller: the
core knows no tender (see `tenders.access.open_scopes_for`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from string import Formatter
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from odifund.core import audit, clock
from odifund.core.models import Event, EventDetails, Link, Person, PublishedHead
from odifund.core.wording import in_one_breath


@dataclass(frozen=True)
class Entry:
    """One line of the trail as it is read."""

    at: datetime
    sentence: str
    is_sealed: bool
    links: tuple[int | None, ...]
    """The number of each event that this line says, the first first; None of one that is not linked yet."""
    times: int = 1
    """How often it says the same."""

    @property
    def numbers(self) -> str:
        """12, or 12 to 16, or 12, 14 where others lie between; empty until all are linked."""
        known = [link for link in self.links if link is not None]
        if len(known) < len(self.links):
            return ""
        if len(known) > 1 and known[-1] - known[0] == len(known) - 1:
            return f"{known[0]} to {known[-1]}"
        return ", ".join(str(link) for link in known)


@dataclass(frozen=True)
class Chain:
    """How long the chain is, its last link, and the head that left the database last."""

    links: int
    last: str
    published: PublishedHead | None


def events(*, open_scopes: Collection[UUID], scope: UUID | None = None, person: str = "") -> QuerySet[Event]:
    """Events, newest first. Asking for a person finds what names them: no question, nothing sealed."""
    found = Event.objects.select_related("details", "link").order_by("-id")
    if scope:
        found = found.filter(scope=scope)
    if person:
        actors = Person.objects.filter(email__iexact=person).values("pk")
        naming = [name for name, said in audit.sentences.items() if "{by}" in said]
        found = found.filter(Q(sealed=False) | Q(scope__in=open_scopes), actor__in=actors, name__in=naming)
    return found


def between(found: QuerySet[Event], since: date | None, until: date | None) -> QuerySet[Event]:
    """Those of these days in London, both included."""
    if since:
        found = found.filter(at__gte=datetime.combine(since, time.min, clock.LONDON))
    if until:
        found = found.filter(at__lt=datetime.combine(until + timedelta(days=1), time.min, clock.LONDON))
    return found


def entries(page: Iterable[Event], open_scopes: Collection[UUID]) -> list[Entry]:
    """The events as sentences, newest first. What one person did in one move and moment is one line."""

    def move(event: Event) -> tuple[object, ...]:
        is_sealed = event.sealed and event.scope not in open_scopes
        return event.at, event.name, event.actor, is_sealed, _content(event) is None

    found = []
    for (_, name, _, is_sealed, _), same_move in groupby(page, move):
        events_of_it = list(same_move)[::-1]
        if is_sealed:
            said = audit.sealed_sentences.get(str(name), "Something sealed happened.")
            found.append(_line(events_of_it, said, is_sealed=True, times=len(events_of_it)))
        else:
            found += _lines(events_of_it)
    return found


def _lines(alike: list[Event]) -> list[Entry]:
    """One line where the sentences differ in one word at most, which then lists all; else a line each."""
    told = [_content(event) or {} for event in alike]
    differing = [word for word in _words_of(alike[0].name) if len({str(said.get(word)) for said in told}) > 1]
    if len(differing) > 1 or any(not _can_list(alike[0].name, word) for word in differing):
        return [line for event in alike[::-1] for line in _lines([event])]
    joined = told[0] | {word: in_one_breath([str(said.get(word)) for said in told]) for word in differing}
    sentence = audit.sentence(alike[0], None if _content(alike[0]) is None else joined)
    return [_line(alike, sentence, is_sealed=False, times=1 if differing else len(alike))]


def _can_list(name: str, word: str) -> bool:
    """Whether the sentence ends on the word: what it is about, and a title in quotes, are not listed."""
    return audit.sentences[name].endswith(f" {{{word}}}.")


def _line(alike: list[Event], sentence: str, *, is_sealed: bool, times: int) -> Entry:
    links: list[Link | None] = [getattr(event, "link", None) for event in alike]
    numbers = tuple(link.seq if link else None for link in links)
    return Entry(alike[0].at, sentence, is_sealed, numbers, times)


def _words_of(name: str) -> list[str]:
    return [word for _, word, _, _ in Formatter().parse(audit.sentences[name]) if word]


def _content(event: Event) -> dict[str, Any] | None:
    details: EventDetails | None = getattr(event, "details", None)
    return details.content if details else None


def chain() -> Chain:
    """What anybody can compare with the head they kept."""
    last = Link.objects.order_by("-seq").first()
    published = PublishedHead.objects.order_by("-id").first()
    return Chain(last.seq if last else 0, last.hash if last else "", published)
