"""Whom to remind of which deliverable: before it is due, and when it is overdue."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from consortia.models import NamedPerson
from deliverables.models import Deliverable
from deliverables.queries.deliverable import awaited
from odifund.core.models import Person
from odifund.core.reminders import Due

BEFORE = (timedelta(days=7), timedelta(days=1))
AFTER = (timedelta(days=1), timedelta(days=7))
OF_USE = timedelta(days=3)
"""How long after its moment a reminder that was slept over is still given."""


def due(at: datetime) -> Iterator[Due]:
    """A reminder for each person named in the consortium; none for what is delivered or accepted."""
    for span in BEFORE:
        # Given until it is due: a later one would say "is due" of something overdue.
        last = max(at, at + span - OF_USE)
        found = _with_consortium(last, at + span)
        if span == BEFORE[0]:
            # What was returned had its day said in the mail that told of it, a week before or less.
            found = found.exclude(status=Deliverable.Status.RETURNED)
        yield from _due("deliverables/deliverable_due", found, -span)
    for span in AFTER:
        # Staff record who came to a workshop: nobody else can be late with it.
        found = _with_consortium(at - span - OF_USE, at - span).exclude(kind=Deliverable.Kind.WORKSHOP)
        yield from _due("deliverables/deliverable_overdue", found, span)


def _with_consortium(after: datetime, until: datetime) -> QuerySet[Deliverable]:
    """What was not handed in and is awaited after one moment and at the latest at the other."""
    return awaited(until, after=after).select_related(
        "contract__tender", "contract__lead", "contract__proposal"
    )


def _due(kind: str, deliverables: QuerySet[Deliverable], span: timedelta) -> Iterator[Due]:
    found = list(deliverables)
    people = _named({each.contract.proposal.consortium_id for each in found}) if found else {}
    for each in found:
        context = {"deliverable": each, "contract": each.contract}
        for person in people.get(each.contract.proposal.consortium_id, ()):
            yield Due(kind, each, person, each.awaited_at + span, context)


def _named(consortia: set[UUID]) -> dict[UUID, list[Person]]:
    namings = NamedPerson.objects.filter(
        member__consortium__in=consortia, ended_at=None, member__left_at=None, person__is_active=True
    ).select_related("person", "member")
    people: dict[UUID, list[Person]] = {}
    for naming in namings.order_by("named_at", "pk"):
        known = people.setdefault(naming.member.consortium_id, [])
        if naming.person not in known:
            known.append(naming.person)
    return people
