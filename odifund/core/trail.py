"""Reading the trail: events as sentences, for people who may read them.

An event of something sealed is said by its sealed line, without person, organisation or reference,
unless the reader has been let into its scope. Who is let into which is said by the caller: the
core knows no tender (see `tenders.access.open_scopes_for`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
    link: int | None


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
    """The events as sentences."""
    return [_entry(event, is_sealed=event.sealed and event.scope not in open_scopes) for event in page]


def _entry(event: Event, *, is_sealed: bool) -> Entry:
    link: Link | None = getattr(event, "link", None)
    if is_sealed:
        said = audit.sealed_sentences.get(event.name, "Something sealed happened.")
    else:
        details: EventDetails | None = getattr(event, "details", None)
        said = audit.sentence(event, details.content if details else None)
    return Entry(event.at, said, is_sealed, link.seq if link else None)


def chain() -> Chain:
    """What anybody can compare with the head they kept."""
    last = Link.objects.order_by("-seq").first()
    published = PublishedHead.objects.order_by("-id").first()
    return Chain(last.seq if last else 0, last.hash if last else "", published)
