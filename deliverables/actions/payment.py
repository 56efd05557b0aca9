"""Payments: they fall due by acceptance, and finance records that they were paid."""

from datetime import date, datetime

from django.db import transaction

from deliverables.lifecycle import PAYMENT
from deliverables.models import Payment
from deliverables.notices import payment as notices
from deliverables.queries import payment as queries
from odifund.core.errors import NotReady
from odifund.core.models import Person
from tenders.models import Contract


def let_fall_due(contract: Contract, *, by: Person, at: datetime) -> list[Payment]:
    """Every payment of the contract that waits for nothing more falls due; part of an acceptance."""
    with transaction.atomic():
        ready = queries.ready_to_fall_due(contract)
        for payment in ready:
            facts = {"amount": payment.amount}
            with PAYMENT.take("fall_due", payment, by=by, at=at, facts=facts, details=_details(payment)):
                payment.due_at = at
                notices.fell_due(payment, at=at)
    return ready


def pay(payment: Payment, *, paid_on: date, bank_reference: str, by: Person, at: datetime) -> None:
    """Record that the bank paid it, on which day, under which reference."""
    facts = {"amount": payment.amount, "paid_on": paid_on}
    details = {**_details(payment), "bank_reference": bank_reference}
    with PAYMENT.take("pay", payment, by=by, at=at, facts=facts, details=details):
        if wrong := queries.wrong_day(payment, paid_on, at):
            raise NotReady([wrong])
        payment.paid_by, payment.paid_at = by, at
        payment.paid_on, payment.bank_reference = paid_on, bank_reference.strip()
        notices.paid(payment, at=at)


def _details(payment: Payment) -> dict[str, str]:
    return {
        "number": str(payment.order),
        "contract": str(payment.contract),
        "lead": str(payment.contract.lead),
    }
