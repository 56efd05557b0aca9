"""What payments wait for, and what finance has to pay."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from deliverables.models import Deliverable, Payment
from deliverables.queries.progress import OF_PAYMENTS, State
from odifund.core import clock
from odifund.core.wording import plain_day
from tenders.models import Contract


def is_last(payment: Payment) -> bool:
    """Whether it is its contract's last payment."""
    return not Payment.objects.filter(contract=payment.contract_id, order__gt=payment.order).exists()


def with_the_last(payments: QuerySet[Payment]) -> QuerySet[Payment]:
    """The payments, each with `is_last` for a page to ask."""
    later = Payment.objects.filter(contract=OuterRef("contract"), order__gt=OuterRef("order"))
    return payments.annotate(is_last=~Exists(later))


def waits_for(payment: Payment) -> QuerySet[Deliverable]:
    """What must be accepted first: its own deliverable; for the last payment, all of the contract's."""
    owed = Deliverable.objects.filter(contract=payment.contract_id)
    return owed if is_last(payment) else owed.filter(pk=payment.deliverable_id)


def ready_to_fall_due(contract: Contract) -> list[Payment]:
    """The contract's waiting payments whose deliverables are all accepted now."""
    waiting = Payment.objects.filter(contract=contract, status=Payment.Status.WAITING)
    waiting = waiting.select_related("contract__tender", "contract__lead", "deliverable__contract__tender")
    return [
        payment
        for payment in waiting
        if not waits_for(payment).exclude(status=Deliverable.Status.ACCEPTED).exists()
    ]


def wrong_day(payment: Payment, paid_on: date, at: datetime) -> str:
    """Why it cannot have been paid on that day, in a sentence; nothing when it can."""
    if paid_on > clock.today(at):
        return "The date it was paid must be today or earlier: record a payment once the bank has made it"
    if payment.due_at and paid_on < clock.today(payment.due_at):
        fell_due = plain_day(payment.due_at)
        return f"The date it was paid must be {fell_due} or later: this payment fell due on that day"
    return ""


@dataclass(frozen=True)
class Group:
    """Payments that stand alike, and their sum."""

    title: str
    state: State
    payments: list[Payment]

    @property
    def total(self) -> Decimal:
        """Their sum."""
        return sum((payment.amount for payment in self.payments), Decimal(0))


def groups(payments: QuerySet[Payment]) -> list[Group]:
    """What is due first, then what is to come, then what was paid."""
    found: dict[str, list[Payment]] = {}
    for payment in with_the_last(payments).order_by(
        "due_at", "deliverable__due_at", "contract__lead__name", "pk"
    ):
        found.setdefault(payment.status, []).append(payment)
    titles = {
        Payment.Status.DUE: "To pay now",
        Payment.Status.WAITING: "Not due yet",
        Payment.Status.PAID: "Paid",
    }
    return [Group(title, OF_PAYMENTS[status], found.get(status, [])) for status, title in titles.items()]
