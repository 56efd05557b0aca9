"""Whom to remind of which deliverable: its consortium before and after it is due, the managers after."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from consortia.models import NamedPerson
from deliverables import access
from deliverables.models import Deliverable, Delivery
from deliverables.queries.deliverable import awaited
from odifund.core.models import Person
from odifund.core.reminders import Due
from tenders.models import Contract

BEFORE = (timedelta(days=7), timedelta(days=1))
AFTER = (timedelta(days=1), timedelta(days=7))
OF_USE = timedelta(days=3)
"""How long after its moment a reminder that was slept over is still given."""
UNANSWERED = timedelta(days=3)
"""How long a delivery waits before its reviewers are reminded of it."""


def due(at: datetime) -> Iterator[Due]:
    """For everybody named in the consortium; and for the managers who wait or are waited for."""
    yield from _for_consortia(at)
    yield from _of_late_work(at)
    yield from _of_waiting_reviews(at)


def _for_consortia(at: datetime) -> Iterator[Due]:
    for span in BEFORE:
        # Given until it is due: a later one would say "is due" of something overdue.
        last = max(at, at + span - OF_USE)
        found = _with_consortium(last, at + span)
        if span == BEFORE[0]:
            # The mail that returned it said by which day; the day before is soon enough to say it again.
            found = found.exclude(status=Deliverable.Status.RETURNED)
        yield from _due("deliverables/deliverable_due", found, -span)
    for span in AFTER:
        yield from _due("deliverables/deliverable_overdue", _late(at, span), span)


def _of_late_work(at: datetime) -> Iterator[Due]:
    """One mail a manager for all of a contract that should have come at one moment, a day after it."""
    late: dict[tuple[Contract, datetime], list[Deliverable]] = {}
    for each in _late(at, AFTER[0]):
        late.setdefault((each.contract, each.awaited_at), []).append(each)
    who = access.who_review({contract for contract, _ in late}) if late else {}
    for (contract, moment), owed in late.items():
        context = {"contract": contract, "owed": owed, "moment": moment}
        for person in who[contract.pk]:
            yield Due("deliverables/work_overdue", contract, person, moment + AFTER[0], context)


def _of_waiting_reviews(at: datetime) -> Iterator[Due]:
    """One mail a manager for each delivery that nobody has answered for days."""
    until = at - UNANSWERED
    found = list(
        Delivery.objects.filter(review=None, delivered_at__gt=until - OF_USE, delivered_at__lte=until)
        .exclude(deliverable__status=Deliverable.Status.ACCEPTED)
        .select_related("delivered_by", "deliverable__contract__lead", "deliverable__contract__proposal")
    )
    who = access.who_review({each.deliverable.contract for each in found}) if found else {}
    for each in found:
        contract = each.deliverable.contract
        context = {"contract": contract, "deliverable": each.deliverable, "delivery": each}
        for person in who[contract.pk]:
            moment = each.delivered_at + UNANSWERED
            yield Due("deliverables/review_waits", each.deliverable, person, moment, context)


def _late(at: datetime, span: timedelta) -> QuerySet[Deliverable]:
    """What should have come so long ago. Staff record a workshop: nobody else can be late with it."""
    return _with_consortium(at - span - OF_USE, at - span).exclude(kind=Deliverable.Kind.WORKSHOP)


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
