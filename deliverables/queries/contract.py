"""A contract whole, and what it still needs before it is complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from deliverables.models import Deliverable, Payment
from deliverables.queries import progress
from odifund.core.drawing.course import Row
from tenders.models import Award, Contract, OwedDeliverable, Tender


def missing_for_completion(contract: Contract) -> Iterator[str]:
    """What is not accepted or not paid yet, in sentences."""
    owed = Deliverable.objects.filter(contract=contract).exclude(status=Deliverable.Status.ACCEPTED)
    for each in owed:
        yield f"“{each}” is not accepted yet."
    for number in (
        Payment.objects.filter(contract=contract)
        .exclude(status=Payment.Status.PAID)
        .values_list("order", flat=True)
    ):
        yield f"Payment {number} is not paid yet."


def passed_dates(contract: Contract, at: datetime) -> list[OwedDeliverable]:
    """What the tender says is owed by a date that passed before both sides had signed."""
    if contract.countersigned_at:
        return []
    return list(contract.tender.owed.filter(due_at__lte=at).order_by("due_at", "order"))


def unfinished_awards(tender: Tender) -> QuerySet[Award]:
    """The tender's awards whose contract is not complete."""
    awards = Award.objects.filter(decision__tender=tender)
    return awards.exclude(contract__status=Contract.Status.COMPLETE)


@dataclass(frozen=True)
class Paid:
    """A payment, how it stands, and what it waits for."""

    payment: Payment
    state: progress.State
    is_last: bool


@dataclass(frozen=True)
class Overview:
    """A contract with what it owes and is owed, at a moment."""

    contract: Contract
    state: progress.State
    owed: list[progress.Standing]
    payments: list[Paid]

    @property
    def line(self) -> Row:
        """Its line of time."""
        return progress.line(str(self.contract.lead), self.owed)

    @property
    def accepted(self) -> int:
        """How many of its deliverables are accepted."""
        return sum(each.deliverable.is_accepted for each in self.owed)

    @property
    def overdue(self) -> int:
        """How many should have come by now."""
        return sum(each.state == progress.OVERDUE for each in self.owed)

    @property
    def to_review(self) -> int:
        """How many wait for the ODI's answer."""
        return sum(each.state.mark == "waiting" for each in self.owed)

    @property
    def next(self) -> Deliverable | None:
        """What the consortium has to hand in first."""
        waiting = [
            each.deliverable
            for each in self.owed
            if each.deliverable.is_with_consortium and each.state != progress.TO_RECORD
        ]
        return min(waiting, key=lambda each: (each.awaited_at, each.order), default=None)

    @property
    def paid(self) -> Decimal:
        """How much was paid."""
        return sum((each.payment.amount for each in self.payments if each.payment.paid_at), Decimal(0))

    @property
    def due(self) -> Decimal:
        """How much fell due and is not paid yet."""
        waiting = (each.payment for each in self.payments if each.payment.due_at and not each.payment.paid_at)
        return sum((payment.amount for payment in waiting), Decimal(0))


def overview(contract: Contract, at: datetime) -> Overview:
    """One contract, whole."""
    return overviews(Contract.objects.filter(pk=contract.pk), at)[0]


def overviews(contracts: QuerySet[Contract], at: datetime) -> list[Overview]:
    """Each contract whole, in a fixed number of queries."""
    payments = Prefetch("payments", Payment.objects.select_related("deliverable"))
    found = contracts.select_related("tender", "lead", "accepted_by", "countersigned_by")
    found = found.prefetch_related("deliverables", payments).order_by("lead__name", "pk")
    return [_overview(contract, at) for contract in found]


def _overview(contract: Contract, at: datetime) -> Overview:
    payments = list(contract.payments.all())
    return Overview(
        contract,
        progress.of_contract(contract),
        progress.standings(contract.deliverables.all(), at),
        [Paid(each, progress.of_payment(each), is_last=each is payments[-1]) for each in payments],
    )
