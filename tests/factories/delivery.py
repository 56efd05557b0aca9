"""Contracts, what they owe and what came of it, reached through actions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from deliverables.actions import (
    blog_post,
    contract,
    deliverable,
    pattern,
    payment,
    released_data,
    review,
    workshop,
)
from deliverables.models import Deliverable
from deliverables.queries.to_do import to_do
from tenders import access
from tenders.actions import contract as offers
from tenders.models import Contract, Tender
from tenders.queries.running import running
from tests import cast
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, open_proposals, submitted_proposal
from tests.factories.tender import published_tender

SIGNED = datetime(2017, 10, 2, 9, tzinfo=UTC)
WORKSHOP = datetime(2017, 10, 10, 16, tzinfo=UTC)
BLOG = datetime(2017, 10, 16, 16, tzinfo=UTC)
HALFWAY = datetime(2017, 12, 11, 17, tzinfo=UTC)
FINAL = datetime(2018, 2, 15, 17, tzinfo=UTC)
REVIEWED = datetime(2018, 2, 20, 10, tzinfo=UTC)
"""When the contracts are signed and what they owe is due: the real dates, summer time ending between."""

Kind = Deliverable.Kind
PRICE = Decimal("50000.01")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def awarded() -> Tender:
    """A decided tender with two awards, to rivals; one agency is in both consortia. Found, or made."""
    if found := Tender.objects.filter(reference="SF1", decided_at__isnull=False).first():
        return found
    tender = published_tender(awards_least=2)
    cast.person("finance", at=SIGNED)
    for lead, title in (("lead-a", "Repairs people can see"), ("lead-b", "Bins on the right day")):
        submitted_proposal(tender, lead=lead, members=("partner-a",), title=title, price=PRICE)
    return decided_tender(open_proposals(close(tender)))


def offered(tender=None, *, at=SIGNED):
    """A tender whose awards all have a contract offered."""
    tender = tender or awarded()
    offers.offer_all(tender, by=cast.person("manager", at=at), at=at)
    return tender


def contract_of(tender, player="lead-a") -> Contract:
    """The contract of the consortium that this player leads."""
    return Contract.objects.get(tender=tender, lead__belongings__person=cast.person(player, at=SIGNED))


def tender_in_delivery(tender=None, *, at=SIGNED):
    """Every contract accepted by its lead and countersigned: nothing delivered yet."""
    tender = offered(tender, at=at)
    for each in Contract.objects.filter(tender=tender):
        offers.accept(each, by=each.proposal.started_by, at=at)
        contract.countersign(each, by=cast.person("approver", at=at), at=at)
    return tender


def owed(signed: Contract, kind: str) -> Deliverable:
    """What the contract owes of this kind."""
    return Deliverable.objects.get(contract=signed, kind=kind)


def kinds_of(signed: Contract) -> list[str]:
    """The kinds of what it owes, in its order."""
    return list(signed.deliverables.values_list("kind", flat=True))


def a_file(name="report.pdf", content=PDF, kind="application/pdf"):
    """An upload, as a form hands it on."""
    return SimpleUploadedFile(name, content, content_type=kind)


def blog_words(**other):
    words = {
        "title": "Where has my repair got to?",
        "summary": "What we set out to do, and with whom.",
        "text": "We start with **ten tenants** and the depot’s own list.",
        "authors": "Priya Nair\nInes Okafor",
    }
    return blog_post.Words(**{**words, **other})


def pattern_words(title="A repairs status people can read", **other):
    words = {
        "kind": "pattern",
        "title": title,
        "summary": "Tenants ring to ask where a repair has got to. Publish each stage as open data.",
        "delivery_model": "information",
        "problem": "The answer is kept in *codes* that only the depot can read.",
        "solution": "1. Sit with ten tenants.\n2. Join stages until nobody asks what they mean.",
        "worked": "Calls about the status fell from one in three to one in eight.",
        "did_not_work": "The first list had nine words, which was too many.",
        "tried_by": "41 tenants in two councils",
        "authors": "Exampleshire County Council\nPattern & Post",
        "licence": "CC-BY-4.0",
    }
    return pattern.Words(**{**words, **other})


def data_set(**other):
    words = {
        "title": "Stages of council repairs",
        "publisher": "Exampleshire County Council",
        "address": "https://data.example.org/repairs",
        "licence": "OGL-UK-3.0",
        "released_on": date(2017, 9, 1),
        "refreshed": "Every hour",
    }
    return released_data.DataSet(**{**words, **other})


TRIED = deliverable.Tried(
    what="A page and a phone script that read the same open list.",
    tried_by="41 tenants in two councils.",
    worked="Five plain words for eleven codes.",
    did_not_work="Photographs of the work: nobody had time to take them.",
    address="https://prototype.example.org/",
)


def workshop_held(signed: Contract, *, at=WORKSHOP):
    """The consortium's people were announced and came."""
    due, person = owed(signed, Kind.WORKSHOP), signed.proposal.started_by
    if due.is_with_consortium:
        coming = workshop.announce(due, name=person.name, is_lead=True, needs="", by=person, at=at)
        workshop.record_attendance(due, came=[coming.pk], by=cast.person("manager", at=at), at=at)
    return due


def delivered(signed: Contract, kind: str, *, at=FINAL, **other):
    """The deliverable of this kind, handed in for review."""
    due, person = owed(signed, kind), signed.proposal.started_by
    match kind:
        case Kind.BLOG:
            blog_post.write(due, blog_words(**other), by=person, at=at)
            deliverable.deliver(due, by=person, at=at)
        case Kind.PATTERN:
            for title in (f"One of {signed.lead}", f"Two of {signed.lead}"):
                pattern.add(due, pattern_words(title, **other), by=person, at=at)
            deliverable.deliver(due, by=person, at=at)
        case Kind.DATA:
            released_data.add(due, data_set(**other), by=person, at=at)
            deliverable.deliver(due, by=person, at=at)
        case Kind.REPORT:
            words = {"text": "What we did and learned.", "upload": a_file(), "tried": TRIED}
            deliverable.deliver(due, by=person, at=at, **{**words, **other})
        case _:
            deliverable.deliver(due, by=person, at=at, **{"text": "Halfway there.", **other})
    return due


def accepted(signed: Contract, kind: str, *, at=REVIEWED):
    """The deliverable of this kind, accepted."""
    if kind == Kind.WORKSHOP:
        return workshop_held(signed)
    due = delivered(signed, kind, at=at - timedelta(days=3))
    review.accept(due, by=cast.person("manager", at=at), at=at)
    return due


def all_accepted(signed: Contract, *, at=REVIEWED):
    """Nothing more is owed; both payments have fallen due."""
    for kind in kinds_of(signed):
        accepted(signed, kind, at=at)
    return signed


def completed(signed: Contract, *, at=REVIEWED):
    """All accepted, all paid, complete."""
    all_accepted(signed, at=at)
    for number, each in enumerate(signed.payments.all(), 1):
        payment.pay(
            each, paid_on=at.date(), bank_reference=f"BACS {number}", by=cast.person("finance", at=at), at=at
        )
    contract.complete(signed, by=cast.person("manager", at=at), at=at)
    return signed


def finished_tender(tender=None, *, at=REVIEWED):
    """Every contract complete, so the tender is finished; the library has its patterns."""
    tender = tender or tender_in_delivery()
    for each in Contract.objects.filter(tender=tender):
        completed(each, at=at)
    tender.refresh_from_db()
    return tender


def what_waits(person, at):
    """What the home page says of delivery to this person."""
    return list(to_do(person, at, running(at) if access.oversees(person) else []))
