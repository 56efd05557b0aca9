"""Mails about payments: to finance when one falls due, to the consortium's lead when it was paid."""

from collections.abc import Iterable
from datetime import datetime

from consortia.queries import people_of_the_lead
from deliverables.models import Payment
from odifund.core import access, mail
from odifund.core.models import Person


def fell_due(payment: Payment, *, at: datetime) -> None:
    """Ask finance to pay."""
    _queue("payment_fell_due", payment, access.holders(access.FINANCE), at)


def paid(payment: Payment, *, at: datetime) -> None:
    """Tell the lead's people that the money is on its way."""
    _queue("payment_paid", payment, people_of_the_lead(payment.contract.proposal.consortium), at)


def _queue(kind: str, payment: Payment, to: Iterable[Person], at: datetime) -> None:
    mail.queue(
        f"deliverables/{kind}",
        key=f"deliverables/{kind}:{payment.pk}",
        to=to,
        at=at,
        context={"payment": payment, "contract": payment.contract},
        about=payment,
    )
