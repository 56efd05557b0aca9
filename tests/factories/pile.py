"""A whole pile of opened proposals, written as rows: for counting queries and looking at long pages.

Everything that a test of a rule stands on is reached through actions instead (panel.py).
"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from consortia.models import Consortium, Member, NamedPerson, Organisation
from odifund.core import canonical
from odifund.core.models import Person
from tenders.models import (
    Criterion,
    Opening,
    OpeningCheck,
    OwedDeliverable,
    Programme,
    Proposal,
    ScaleStep,
    Section,
    Tender,
    Version,
)
from tenders.queries import contents
from tests import cast

BEFORE = datetime(2017, 8, 17, 9, tzinfo=UTC)
CLOSED = datetime(2017, 9, 22, 16, tzinfo=UTC)
OPENED = datetime(2017, 9, 25, 8, tzinfo=UTC)
CRITERIA = (
    ("need", "Need and users", 25, "Who needs the service, and how you know."),
    ("open-data", "Open data", 25, "What would be released, under which licence, and how it stays fresh."),
    ("approach", "Approach and team", 20, "How the work is done, and by whom."),
    ("reuse", "Use by others", 20, "What others can take, and how they find it."),
    ("value", "Value for money", 10, "What the price buys."),
)
SCALE = (
    ("No answer", "Nothing in the proposal addresses this."),
    ("Poor", "Mentions it, with no evidence."),
    ("Weak", "Some evidence; large parts missing."),
    ("Adequate", "Answers it; some parts thin."),
    ("Good", "Convincing, with small gaps."),
    ("Excellent", "Convincing throughout, and others could copy it."),
)
TEXT = """Tenants of Exampleshire make about 41,000 repair requests a year. One call in three asks only \
where a repair has got to. The stages exist in the works system, under codes that nobody outside can read.

We would publish three data sets. The first holds each stage of each repair, without names or addresses, \
by ward and trade, refreshed every hour. The second is the list of stages itself. The third is the calendar.

All three would carry the Open Government Licence. A person in the repairs team, not in IT, owns it."""
PLACES = ("Exampleshire", "Sampleton", "Middling", "Fenwick", "Marle", "Upper Instance", "Nether Specimen")
IDEAS = ("Repairs people can see", "Bins on the right day", "Parking without guessing", "Open allotments")


def opened_pile(
    count: int = 5,
    *,
    reference: str = "SF1",
    criteria: Sequence[Sequence[object]] = CRITERIA,
    held: int = 0,
    **fields: object,
) -> Tender:
    """An opened tender with this many proposals, each of two organisations; one agency is in every third.
    The first so many are held.

    `fields` are the tender's.
    """
    manager, approver = cast.person("manager", at=BEFORE), cast.person("approver", at=BEFORE)
    tender = _tender(reference, criteria, fields, manager)
    opening = Opening.objects.create(
        tender=tender, proposed_by=manager, confirmed_by=approver, opened_at=OPENED
    )
    agency = _organisation("Pattern & Post", Organisation.Kind.SERVICE_DESIGN, manager)
    for number in range(count):
        members = [_organisation(f"{_place(number)} Council", Organisation.Kind.LOCAL_AUTHORITY, manager)]
        if number % 3 == 0:
            members.append(agency)
        else:
            members.append(_organisation(f"Studio {number}", Organisation.Kind.DIGITAL, manager))
        title = f"{IDEAS[number % len(IDEAS)]}" + (f" {number}" if number >= len(IDEAS) else "")
        version = _proposal(tender, title, members, Decimal(30000) + 617 * number, manager)
        OpeningCheck.objects.create(opening=opening, version=version, matches=number >= held)
    return tender


def _place(number: int) -> str:
    place = PLACES[number % len(PLACES)]
    return place if number < len(PLACES) else f"{place} {number // len(PLACES) + 1}"


def _tender(
    reference: str, criteria: Sequence[Sequence[object]], fields: dict[str, object], manager: Person
) -> Tender:
    programme, _ = Programme.objects.get_or_create(
        slug="service-redesign",
        defaults={"title": "Service redesign", "added_by": manager, "added_at": BEFORE},
    )
    own = {
        "pot": Decimal(160000),
        "highest_price": Decimal(53333),
        "awards_least": 3,
        "awards_most": 5,
        "organisations_least": 2,
        "evaluators_least": 3,
    }
    tender = Tender.objects.create(
        programme=programme,
        reference=reference,
        title="Stimulus fund for service redesign",
        summary="Prototype services that run on open data.",
        purpose="Learn how data-enabled services are delivered.",
        questions_close_at=CLOSED - timedelta(days=21),
        proposals_close_at=CLOSED,
        decision_on=datetime(2017, 9, 28, tzinfo=UTC).date(),
        starts_on=datetime(2017, 10, 2, tzinfo=UTC).date(),
        drafted_by=manager,
        drafted_at=BEFORE,
        published_at=BEFORE,
        closed_at=CLOSED,
        opened_at=OPENED,
        **(own | fields),
    )
    for order, (code, title, weight, guidance) in enumerate(criteria):
        criterion = Criterion.objects.create(
            tender=tender, order=order, code=code, title=title, weight=weight, guidance=guidance
        )
        Section.objects.create(
            tender=tender, order=order, title=f"About {title.lower()}", word_limit=500, criterion=criterion
        )
    for score, (name, meaning) in enumerate(SCALE):
        ScaleStep.objects.create(tender=tender, score=score, name=name, meaning=meaning)
    for order, kind in enumerate(OwedDeliverable.Kind):
        OwedDeliverable.objects.create(
            tender=tender,
            order=order,
            kind=kind,
            title=kind.label,
            due_at=CLOSED + timedelta(days=40 + 20 * order),
            at_least=2 if kind == "pattern" else 1,
            payment_percent=50 if kind in {"halfway", "report"} else 0,
        )
    tender.status = Tender.Status.OPENED
    tender.save()
    return tender


def _organisation(name: str, kind: str, manager: Person) -> Organisation:
    made, _ = Organisation.objects.get_or_create(
        name=name, defaults={"kind": kind, "added_by": manager, "added_at": BEFORE}
    )
    return made


def _proposal(
    tender: Tender, title: str, members: list[Organisation], price: Decimal, manager: Person
) -> Version:
    lead = members[0]
    person = Person.objects.make(f"{uuid.uuid4().hex[:8]}@example.org", f"Lead of {lead.name}")
    consortium = Consortium.objects.create(
        name=title, formed_for=tender.pk, lead=lead, formed_by=person, formed_at=BEFORE
    )
    for each in members:
        member = Member.objects.create(
            consortium=consortium, organisation=each, is_lead=each == lead, joined_at=BEFORE
        )
        if each == lead:
            NamedPerson.objects.create(member=member, person=person, named_by=person, named_at=BEFORE)
    proposal = Proposal.objects.create(
        tender=tender,
        consortium=consortium,
        title=title,
        status=Proposal.Status.SUBMITTED,
        started_by=person,
        started_at=BEFORE,
        changed_at=BEFORE,
    )
    rows = [
        {"organisation": str(each.pk), "name": each.name, "kind": each.kind, "is_lead": each == lead}
        for each in members
    ]
    manifest = canonical.text({"format": 1, "proposal": _said(tender, title, rows, lead, price)})
    return Version.objects.create(
        proposal=proposal,
        tender=tender,
        number=1,
        receipt_number=f"{tender.reference}-{uuid.uuid4().hex[:6]}",
        submit_key=uuid.uuid4(),
        manifest=manifest,
        fingerprint=contents.fingerprint(manifest),
        title=title,
        price=price,
        members=rows,
        submitted_by=person,
        submitted_at=CLOSED - timedelta(days=1),
        seen_at=CLOSED - timedelta(days=1),
    )


def _said(tender: Tender, title: str, rows: list, lead: Organisation, price: Decimal) -> dict:
    return {
        "title": title,
        "delivery_model": "information",
        "price": price,
        "members": rows,
        "sections": [
            {"id": section.pk, "title": section.title, "text": TEXT} for section in tender.sections.all()
        ],
        "cost_lines": [
            {
                "organisation": lead.pk,
                "organisation_name": lead.name,
                "kind": "staff",
                "what": "Repairs team",
                "days": Decimal(20),
                "day_rate": price / 20,
                "amount": price,
            }
        ],
        "files": [],
    }
