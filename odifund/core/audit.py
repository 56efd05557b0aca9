"""The trail: record what happened, chain what was recorded, and check the chain.

`record` only inserts, inside the move's transaction. `link` chains committed events under a lock
(docs/adr/0004). `verify` names what was changed, is missing or was cut off.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from odifund.core import canonical
from odifund.core.models import Event, EventDetails, Link, Person, PublishedHead

LINKER_LOCK = 0x0D1F
GENESIS = "0" * 64

sentences: dict[str, str] = {}
"""Event name to the sentence the trail says; each app adds its own when it starts."""

sealed_sentences: dict[str, str] = {}
"""Event name to what the trail says until its scope is opened: no person, organisation or reference."""


settled: list[Callable[[], Iterable[str]]] = []
"""Functions that hold settled rows against what the trail says of them; each app adds its own."""


def record(
    name: str,
    subject: models.Model,
    *,
    at: datetime,
    by: Person | None = None,
    facts: Mapping[str, object] | None = None,
    details: Mapping[str, object] | None = None,
    sealed: bool = False,
) -> Event:
    """Insert an event in the current transaction.

    The subject may say where it belongs (`audit_scope`, a key) and that it is sealed
    (`audit_sealed`) until that scope is opened; `sealed` says it of this event alone.
    """
    salt = secrets.token_hex(16)
    words = canonical.plain(
        {"by": str(by) if by else "The clock", "subject": str(subject), **(details or {})}
    )
    event = Event(
        at=at,
        name=name,
        actor=by.pk if by else None,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        scope=getattr(subject, "audit_scope", None),
        sealed=sealed or getattr(subject, "audit_sealed", False),
        facts=canonical.plain(facts or {}),
        details_digest=canonical.digest([salt, words]),
    )
    event.content_hash = content_hash(event)
    event.save(force_insert=True)
    EventDetails.objects.create(event=event, salt=salt, content=words)
    return event


def content_hash(event: Event) -> str:
    """Digest of all that an event says."""
    return canonical.digest(
        [
            event.at,
            event.name,
            event.actor,
            event.subject_kind,
            event.subject_id,
            event.scope,
            event.sealed,
            event.facts,
            event.details_digest,
        ]
    )


def link_hash(seq: int, previous: str, content: str) -> str:
    """Digest of one link."""
    return canonical.digest([seq, previous, content])


def link(at: datetime, *, batch: int = 1000) -> int:
    """Chain the committed events that have no link yet; returns how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKER_LOCK])
        # A statement of its own: its snapshot must begin after the lock is held, or the chain forks.
        last = Link.objects.order_by("-seq").first()
        seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
        links: list[Link] = []
        for event in Event.objects.filter(link=None).order_by("id")[:batch]:
            seq += 1
            previous_hash, previous = previous, link_hash(seq, previous, event.content_hash)
            links.append(Link(seq=seq, event=event, previous_hash=previous_hash, hash=previous, linked_at=at))
        Link.objects.bulk_create(links)
    return len(links)


def publish_head(where: str, *, at: datetime) -> PublishedHead | None:
    """Link what is waiting and store the head that is about to leave the database."""
    while link(at):
        pass
    last = Link.objects.order_by("-seq").first()
    if last is None:
        return None
    return PublishedHead.objects.create(seq=last.seq, hash=last.hash, published_at=at, where=where)


def verify(heads: Iterable[tuple[int, str]] = ()) -> Iterator[str]:
    """Walk the chain, then what it says of settled rows; yields a sentence for each fault.

    `heads` are heads kept outside the database.
    """
    wanted = [(head.seq, head.hash, head.where) for head in PublishedHead.objects.order_by("id")]
    wanted += [(seq, digest, "the head you gave") for seq, digest in heads]
    previous, expected, hashes = GENESIS, 1, {}
    for row in Link.objects.select_related("event", "event__details").order_by("seq").iterator(2000):
        if row.seq != expected:
            yield f"Link {expected} is missing: the chain goes on with link {row.seq}."
        elif row.previous_hash != previous:
            yield f"Link {row.seq} does not follow from the link before it."
        yield from _faults(row)
        previous, expected = row.hash, row.seq + 1
        hashes[row.seq] = row.hash
    for seq, digest, where in wanted:
        if seq not in hashes:
            yield f"Link {seq} was published in {where} and is gone: the chain ends at {expected - 1}."
        elif hashes[seq] != digest:
            yield f"Link {seq} differs from the head published in {where}."
    for faults in settled:
        yield from faults()


def _faults(row: Link) -> Iterator[str]:
    event = row.event
    if content_hash(event) != event.content_hash:
        yield f"Event {event.pk} ({event.name}, link {row.seq}) was changed."
    if row.hash != link_hash(row.seq, row.previous_hash, event.content_hash):
        yield f"Link {row.seq} was changed."
    details: EventDetails | None = getattr(event, "details", None)
    if details is None:
        yield f"The details of event {event.pk} are missing."
    elif details.erased_at is not None:
        if details.content is not None:
            yield f"The details of event {event.pk} ({event.name}) are marked erased and are still there."
    elif canonical.digest([details.salt, details.content]) != event.details_digest:
        yield f"The details of event {event.pk} ({event.name}) were changed."


def erasures() -> Iterator[str]:
    """What was erased, in sentences: not a fault, and never silent."""
    for details in EventDetails.objects.exclude(erased_at=None).select_related("event").order_by("event_id"):
        yield f"The names and words of event {details.event_id} were erased on {details.erased_at:%d %B %Y}."


def sentence(event: Event, words: dict[str, Any] | None) -> str:
    """The event in words; says so when its details were erased."""
    if words is None:
        return f"{event.name}: names and words were erased."
    return sentences[event.name].format_map(_Words(words))


class _Words(dict[str, Any]):
    """Details for a sentence; a word that is not there is shown as a dash, never an error."""

    def __missing__(self, key: str) -> str:
        return "—"


def uncovered() -> int:
    """How many links were made since the last head was published: what a cut would not be seen by."""
    published = PublishedHead.objects.order_by("-seq").values_list("seq", flat=True).first()
    return length() - (published or 0)


def length() -> int:
    """How many links the chain has."""
    last = Link.objects.order_by("-seq").values_list("seq", flat=True).first()
    return last or 0
