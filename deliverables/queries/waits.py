"""What waits in the delivery of tenders: a line each in the list of the fund."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from deliverables.models import Deliverable, Payment
from odifund.core.models import Person
from tenders import access as competition
from tenders.models import Contract, Tender

D, C = Deliverable.Status, Contract.Status
WORDS = {
    C.OFFERED: ("contract with its lead", "contracts with their leads"),
    C.ACCEPTED: ("contract to countersign", "contracts to countersign"),
    "came": ("delivery to review", "deliveries to review"),
    "late": ("overdue", "overdue"),
    "due": ("payment due", "payments due"),
}


def waits_in(tenders: Collection[Tender], person: Person, at: datetime) -> dict[UUID, list[str]]:
    """2 contracts to countersign, 3 deliveries to review: by tender, in one query at most.

    Nothing is counted of a tender in which the person bid.
    """
    decided = [tender.pk for tender in tenders if tender.status == Tender.Status.DECIDED]
    found: dict[UUID, Counter[str]] = {key: Counter() for key in decided}
    for row in _contracts(decided, person, at) if decided else ():
        found[row.pop("tender")].update({row.pop("status"): 1, **row})
    return {key: list(_said(counts)) for key, counts in found.items()}


def _contracts(tenders: list[UUID], person: Person, at: datetime) -> "QuerySet[Contract, dict[str, Any]]":
    """Each contract's state, and how much of it came, is late, and is due to be paid."""
    owed, kind = "deliverables__status__in", Deliverable.Kind.WORKSHOP
    awaited = LessThanOrEqual(Coalesce("deliverables__again_at", "deliverables__due_at"), at)
    late = Q(awaited, ~Q(deliverables__kind=kind), **{owed: (D.DUE, D.RETURNED)})
    contracts = Contract.objects.filter(tender__in=tenders).exclude(pk__in=competition.party_to(person))
    counts = {
        "came": Count("deliverables", Q(deliverables__status=D.DELIVERED), distinct=True),
        "late": Count("deliverables", late, distinct=True),
        "due": Count("payments", Q(payments__status=Payment.Status.DUE), distinct=True),
    }
    rows: QuerySet[Contract, dict[str, Any]] = (
        contracts.order_by().annotate(**counts).values("tender", "status", *counts)
    )
    return rows


def _said(counts: "Counter[str]") -> Iterator[str]:
    return (
        f"{counts[what]} {many if counts[what] > 1 else one}"
        for what, (one, many) in WORDS.items()
        if counts[what]
    )
