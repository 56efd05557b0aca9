"""What waits for a person in delivery: for consortia, for who runs the fund, and for finance."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from operator import attrgetter, itemgetter

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from consortia import access as parties
from deliverables import access
from deliverables.models import Deliverable, Payment
from deliverables.queries.deliverable import awaited
from odifund.core.models import Person
from odifund.core.todo import ToDo
from odifund.core.wording import LONDON, plain_day, pounds, span
from tenders import access as competition
from tenders.models import Contract
from tenders.queries.running import Running

AHEAD = timedelta(days=42)
SOON = timedelta(days=7)
DAY = timedelta(days=1)
MORNING = 9
"""O'clock in London: who comes to a workshop is said before its day has begun."""


def to_do(person: Person, at: datetime, running: Sequence[Running]) -> Iterator[ToDo]:
    """Everything of delivery that waits for this person. `running` is what runs, for who oversees it."""
    if competition.bids(person):
        yield from _offered(person, at)
        yield from _owed(person, at)
    if competition.confirms(person):
        yield from _to_sign_or_complete(person, at)
    if competition.manages(person):
        yield from _to_offer(running, at)
        yield from _to_see_to(person, at)
    yield from _to_pay(person)


def _by(day: date | None, at: datetime, hour: int = 17) -> datetime | None:
    """That day at this hour in London, while it is ahead: nobody is told that the ODI is late."""
    moment = datetime.combine(day, time(hour), LONDON) if day else None
    return moment if moment and moment > at else None


def _offered(person: Person, at: datetime) -> Iterator[ToDo]:
    led = parties.namings_of(person).filter(member__is_lead=True).values("member__consortium")
    offered = Contract.objects.filter(status=Contract.Status.OFFERED, proposal__consortium__in=led)
    for contract in offered.select_related("lead", "tender").order_by("offered_at"):
        hint = f"{contract.tender.reference}, {pounds(contract.price)}, for {contract.lead}"
        yield ToDo(
            f"Read and accept the contract “{contract}”",
            contract.get_absolute_url(),
            hint,
            due=_by(contract.tender.contracts_on, at),
            now=True,
        )


def _owed(person: Person, at: datetime) -> Iterator[ToDo]:
    waiting = awaited(at + AHEAD).filter(contract__proposal__in=competition.named_proposals(person))
    waiting = waiting.exclude(kind=Deliverable.Kind.WORKSHOP, due_at__lte=at)
    for each in waiting.select_related("contract"):
        verb = "Answer the comments on" if each.status == Deliverable.Status.RETURNED else "Deliver"
        verb = "Say who comes to" if each.is_workshop else verb
        yield ToDo(
            f"{verb} “{each}”",
            each.get_absolute_url(),
            f"For “{each.contract}”",
            due=_by(each.awaited_on, at, MORNING) if each.is_workshop else each.awaited_at,
            now=each.awaited_at <= at + SOON,
        )


def _to_sign_or_complete(person: Person, at: datetime) -> Iterator[ToDo]:
    """Contracts that wait for the ODI: accepted by the lead, or with all of them done and paid; one query."""
    unpaid = Payment.objects.filter(contract=OuterRef("pk")).exclude(status=Payment.Status.PAID)
    owed = Deliverable.objects.filter(contract=OuterRef("pk")).exclude(status=Deliverable.Status.ACCEPTED)
    waiting = Q(status=Contract.Status.ACCEPTED)
    if competition.manages(person):
        waiting |= Q(~Exists(unpaid), ~Exists(owed), status=Contract.Status.COUNTERSIGNED)
    found = Contract.objects.filter(waiting).exclude(pk__in=competition.party_to(person))
    for contract in found.select_related("lead", "tender").order_by("accepted_at", "pk"):
        if contract.status == Contract.Status.ACCEPTED:
            title, due = f"Countersign the contract “{contract}”", _by(contract.tender.contracts_on, at)
            hint = f"{contract.tender.reference}. {contract.lead} has accepted it"
        else:
            title, due = f"Complete the contract “{contract}”", None
            hint = f"{contract.lead}: everything is accepted and paid"
        yield ToDo(title, contract.get_absolute_url(), hint, due=due, now=True)


def _to_offer(running: Sequence[Running], at: datetime) -> Iterator[ToDo]:
    for tender in (each.tender for each in running if each.awards_to_offer):
        url = reverse("deliverables:delivery", args=[tender.reference])
        due, title = _by(tender.contracts_on, at), f"Offer the contracts of {tender.reference}"
        yield ToDo(title, url, "The awards are approved", due=due, now=True)


def _to_see_to(person: Person, at: datetime) -> Iterator[ToDo]:
    """What was handed in, workshops that have begun, and what is overdue; read at once."""
    by_then = Q(status=Deliverable.Status.DELIVERED) | Q(due_at__lt=at + DAY) | Q(again_at__lte=at)
    found = access.reviewable_by(person).exclude(status=Deliverable.Status.ACCEPTED).filter(by_then)
    found = found.annotate(came_at=Max("deliveries__delivered_at")).select_related("contract__lead")
    waiting = found.order_by("due_at", "order", "pk")
    delivered = [(each.came_at, each) for each in waiting if not each.is_with_consortium]
    yield from _to_review(delivered, at)
    owed = [each for each in waiting if each.is_with_consortium]
    yield from _to_record([each for each in owed if each.is_workshop and each.has_begun(at)])
    yield from _to_ask_about([each for each in owed if not each.is_workshop and each.awaited_at <= at])


def _to_review(delivered: Iterable[tuple[datetime, Deliverable]], at: datetime) -> Iterator[ToDo]:
    for came_at, each in sorted(delivered, key=itemgetter(0)):
        hint = f"“{each.contract}”, {each.contract.lead}. Waiting for {span(at - came_at)}"
        yield ToDo(f"Review “{each}”", each.get_absolute_url(), hint, now=True)


def _to_record(workshops: Iterable[Deliverable]) -> Iterator[ToDo]:
    for each in workshops:
        title, when = f"Record who came to “{each}”", f"On {plain_day(each.due_at)}"
        hint = f"“{each.contract}”, {each.contract.lead}"
        yield ToDo(title, each.get_absolute_url(), hint, when=when, now=True)


def _to_ask_about(late: Iterable[Deliverable]) -> Iterator[ToDo]:
    """What is overdue: each of a contract alone, many of one contract in one line."""
    of_contract: dict[Contract, list[Deliverable]] = {}
    for each in sorted(late, key=attrgetter("awaited_at")):
        of_contract.setdefault(each.contract, []).append(each)
    for contract, owed in of_contract.items():
        first, alone = owed[0], len(owed) == 1
        about = f"“{first}”" if alone else f"{len(owed)} overdue deliverables"
        hint = f"“{contract}”" if alone else f"“{contract}”: {', '.join(str(each) for each in owed)}"
        url = (first if alone else contract).get_absolute_url()
        yield ToDo(f"Ask {contract.lead} about {about}", url, hint, due=first.awaited_at, now=True)


def _to_pay(person: Person) -> Iterator[ToDo]:
    due = access.payable_by(person).filter(status=Payment.Status.DUE)
    for payment in due.select_related("contract__lead", "contract__tender").order_by(
        "due_at", "contract", "order"
    ):
        yield ToDo(
            f"Pay {pounds(payment.amount)} to {payment.contract.lead}, payment {payment.order}",
            reverse("deliverables:payments"),
            f"{payment.contract.tender.reference}, “{payment.contract}”",
            when=f"Due since {plain_day(payment.due_at)}" if payment.due_at else "",
            now=True,
        )
