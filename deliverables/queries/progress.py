"""How a deliverable, a contract and a payment stand, in words, in a tag and on the line of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from deliverables.models import Deliverable, Payment
from odifund.core.drawing.course import Mark, Row
from tenders.models import Contract

D, P, C = Deliverable.Status, Payment.Status, Contract.Status


@dataclass(frozen=True)
class State:
    """Words, the kind of their tag, and the mark on the line of time."""

    text: str
    kind: str
    mark: str = "open"


@dataclass(frozen=True)
class Standing:
    """A deliverable and how it stands at a moment."""

    deliverable: Deliverable
    state: State


OF_DELIVERABLES = {
    D.DUE: State("To be delivered", "quiet"),
    D.RETURNED: State("Returned", "live"),
    D.DELIVERED: State("Waiting for review", "part", "waiting"),
    D.ACCEPTED: State("Accepted", "done", "done"),
}
OVERDUE = State("Overdue", "late", "late")
TO_RECORD = State("To be recorded", "part", "waiting")
OF_CONTRACTS = {
    C.OFFERED: State("Waiting for the lead", "live"),
    C.ACCEPTED: State("Waiting for the ODI", "live"),
    C.COUNTERSIGNED: State("In delivery", "part"),
    C.COMPLETE: State("Complete", "done"),
}
OF_PAYMENTS = {
    P.WAITING: State("Not due yet", "quiet"),
    P.DUE: State("Due", "live"),
    P.PAID: State("Paid", "done"),
}


def of_deliverable(deliverable: Deliverable, at: datetime) -> State:
    """Overdue before anything else, as long as the consortium is to act; the ODI records a workshop."""
    if deliverable.is_overdue(at):
        return OVERDUE
    if deliverable.is_workshop and not deliverable.is_accepted and at >= deliverable.due_at:
        return TO_RECORD
    return OF_DELIVERABLES[D(deliverable.status)]


def of_contract(contract: Contract) -> State:
    """Whose turn it is."""
    return OF_CONTRACTS[C(contract.status)]


def of_payment(payment: Payment) -> State:
    """Whether it is to be paid."""
    return OF_PAYMENTS[P(payment.status)]


def standings(deliverables: Iterable[Deliverable], at: datetime) -> list[Standing]:
    """Each deliverable with how it stands."""
    return [Standing(each, of_deliverable(each, at)) for each in deliverables]


def line(name: str, found: Iterable[Standing]) -> Row:
    """The line of time of one contract."""
    marks = (Mark(each.deliverable.awaited_at, each.deliverable.title, each.state.mark) for each in found)
    return Row(name, tuple(marks))
