"""Reading the trail: events as sentences, for people who may read them.

An event of something sealed is said by its sealed line, without person, organisation or reference,
unless the reader has been let into its scope. Who is let into which is said by the caller: the
core knows no tender (see `tenders.access.open_scopes_for`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from odifund.core import audit, clock
from odifund.core.models import Event, EventDetails, Link, Person, PublishedHead


@dataclass(frozen=True)
class Entry:
    """One line of the trail as it is read."""

    at: datetime
    sentence: str
    is_sealed: bool
    links: tuple[int | None, ...]
    """The number of each event that this line says; None of one that is not linked yet."""

    @property
    def numbers(self) -> str:
        """12, or 12 to 16 where one move left several alike; empty until all are linked."""
        known = [link for link in self.links if link is not None]
        if len(known) < len(self.links):
            return ""
        return str(known[0]) if len(known) == 1 else f"{min(known)} to {max(known)}"

    @property
    def times(self) -> int:
        """How many events it says."""
        return len(self.links)


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
    """The events as sentences; those of one moment that follow each other and say the same, as one line."""
    said = [_entry(event, is_sealed=event.sealed and event.scope not in open_scopes) for event in page]
    alike = groupby(said, lambda entry: (entry.at, entry.sentence, entry.is_sealed))
    return [Entry(*words, tuple(entry.links[0] for entry in group)) for words, group in alike]


def _entry(event: Event, *, is_sealed: bool) -> Entry:
    link: Link | None = getattr(event, "link", None)
    if is_sealed:
        said = audit.sealed_sentences.get(event.name, "Something sealed happened.")
    else:
        details: EventDetails | None = getattr(event, "details", None)
        said = audit.sentence(event, details.content if details else None)
    return Entry(event.at, said, is_sealed, (link.seq if link else None,))


def chain() -> Chain:
    """What anybody can compare with the head they kept."""
    last = Link.objects.order_by("-seq").first()
    published = PublishedHead.objects.order_by("-id").first()
    return Chain(last.seq if last else 0, last.hash if last else "", published)
