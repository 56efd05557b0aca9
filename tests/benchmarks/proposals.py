"""Proposals of rounds that are over: so many, written as rows into the benchmark's own database."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

SIZES = (100, 10_000, 100_000)
A_ROUND, COUNCILS = 40, 1_000
"""Proposals of one tender, and councils that lead all of them in turn."""
AT_ONCE = 2_000
WORDS = {"by": "A lead", "subject": "A proposal", "lead": "A council", "tender": "A round"}
TEXT = "Tenants ring to ask where a repair has got to. " * 40


def fill(count: int, owner: str) -> None:
    """Submitted proposals up to this number, on tenders that are over; then what a night would bring."""
    from odifund.core import audit, clock
    from tenders.models import Proposal, Tender
    from tests.benchmarks.tenders import count_rows

    over = Tender.objects.filter(status="finished", reference__startswith="B").order_by("reference")
    rounds = list(over[: count // A_ROUND + 1])
    councils = _councils(rounds[0].drafted_at)
    have = Proposal.objects.count()
    for first in range(have, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        _write([(number, rounds[number // A_ROUND]) for number in numbers], councils)
    while audit.link(clock.now()):
        pass
    count_rows(owner)


def _councils(at):
    """Each with its lead; made once."""
    from consortia.models import Organisation
    from odifund.core.models import Person

    found = list(Organisation.objects.filter(name__startswith="Bench Council").order_by("name"))
    if found:
        return found
    leads = [
        Person(email=f"lead-{number}@bench.example.org", name=f"Lead {number}", joined_at=at)
        for number in range(COUNCILS)
    ]
    Person.objects.bulk_create(leads)
    return Organisation.objects.bulk_create(
        Organisation(name=f"Bench Council {n:04}", kind="local_authority", added_by=lead, added_at=at)
        for n, lead in enumerate(leads)
    )


def _write(numbered, councils):
    """Each proposal with its consortium of two, a line, a version, an event and a mail."""
    from odifund.core.models import EventDetails

    rows = {}
    for number, tender in numbered:
        lead, partner = councils[number % COUNCILS], councils[(number + 1) % COUNCILS]
        for row in _rows(number, tender, lead, partner):
            rows.setdefault(type(row), []).append(row)
    for model, made in rows.items():
        model.objects.bulk_create(made)
        if model._meta.model_name == "event":
            said = [EventDetails(event=event, salt="", content=WORDS) for event in made]
            EventDetails.objects.bulk_create(said)


def _rows(number, tender, lead, partner):
    from consortia.models import Consortium, Member, NamedPerson

    by, at = lead.added_by_id, tender.closed_at - timedelta(days=2)
    formed = Consortium(
        name=f"Bench {number}", formed_for=tender.pk, lead=lead, formed_by_id=by, formed_at=at
    )
    leads = Member(consortium=formed, organisation=lead, is_lead=True, joined_at=at)
    yield formed
    yield leads
    yield Member(consortium=formed, organisation=partner, joined_at=at)
    yield NamedPerson(member=leads, person_id=by, part="submits", named_by_id=by, named_at=at)
    yield from _submitted(number, tender, formed, by, at)


def _submitted(number, tender, consortium, by, at):
    from tenders.models import CostLine, Proposal

    title, price = f"Repairs that people can see {number}", Decimal(30_000 + number % 20_000)
    made = Proposal(
        tender=tender,
        consortium=consortium,
        title=title,
        status="submitted",
        started_by_id=by,
        started_at=at,
        changed_at=at,
    )
    yield made
    yield CostLine(proposal=made, organisation=consortium.lead, order=1, what="Work", amount=price)
    version = _version(made, number, price, by, at)
    yield version
    yield _event(version)
    yield _mail(version)


def _version(proposal, number, price, by, at):
    from odifund.core import canonical
    from tenders.models import Version
    from tenders.queries import contents

    manifest = canonical.text({"format": 1, "proposal": {"title": proposal.title, "texts": [TEXT]}})
    return Version(
        proposal=proposal,
        tender=proposal.tender,
        number=1,
        receipt_number=f"{proposal.tender.reference}-{number}",
        submit_key=uuid4(),
        manifest=manifest,
        fingerprint=contents.fingerprint(manifest),
        title=proposal.title,
        price=price,
        members=[],
        submitted_by_id=by,
        submitted_at=at,
        seen_at=at,
    )


def _event(version):
    from odifund.core import audit, canonical
    from odifund.core.models import Event

    event = Event(
        at=version.submitted_at,
        name="proposal.submitted",
        actor=version.submitted_by_id,
        subject_kind="tenders.proposal",
        subject_id=str(version.proposal_id),
        scope=version.tender_id,
        sealed=True,
        details_digest=canonical.digest(["", WORDS]),
    )
    event.content_hash = audit.content_hash(event)
    return event


def _mail(version):
    from odifund.core.models import OutboxMessage

    at = version.submitted_at
    return OutboxMessage(
        key=f"receipt/{version.pk}",
        kind="receipt",
        address="lead@bench.example.org",
        person_id=version.submitted_by_id,
        scope=version.tender_id,
        sealed=True,
        state=OutboxMessage.State.SENT,
        queued_at=at,
        try_at=at,
        sent_at=at,
    )
