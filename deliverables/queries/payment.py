"""What payments wait for, and what finance has to pay."""

from django.db.models import QuerySet

from deliverables.models import Deliverable, Payment
from tenders.models import Contract


def is_last(payment: Payment) -> bool:
    """Whether it is its contract's last payment."""
    return not Payment.objects.filter(contract=payment.contract_id, order__gt=payment.order).exists()


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
