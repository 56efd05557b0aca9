"""Proposals from their draft to the opening, reached only through actions."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core import clock
from tenders.actions import (
    agreement,
    attachment,
    cost_line,
    opening,
    proposal,
    proposal_part,
    section_text,
    submission,
    tender,
)
from tenders.actions.cost_line import Cost
from tenders.models import Proposal, Tender, Version
from tenders.queries import agreement as agreements
from tenders.queries import draft
from tests import cast
from tests.factories.consortium import consortium_of
from tests.factories.tender import published_tender

TEXT = "Tenants ring to ask where their repair has got to. We publish each stage, so that anybody can look."


def draft_proposal(
    of: Tender | None = None,
    *,
    lead: str = "lead-a",
    members: tuple[str, ...] = ("partner-a",),
    title: str = "Repairs people can see",
    at: datetime | None = None,
) -> Proposal:
    """A proposal just begun, by a consortium whose members have accepted."""
    of = of or published_tender()
    at = at or written_at(of)
    consortium = consortium_of(lead, *members, tender=of, at=at)
    return proposal.start(of, consortium, title=title, by=cast.person(lead, at=at), at=at)


def complete_proposal(
    of: Tender | None = None,
    *,
    price: Decimal = Decimal("45370.50"),
    file: bytes | None = b"%PDF-1.4 letters of support",
    **draft,
) -> Proposal:
    """A draft that nothing stops from being submitted: texts, costs of each member, an attachment."""
    made = draft_proposal(of, **draft)
    at, by = written_at(made.tender), made.started_by
    proposal.set_delivery_model(made, delivery_model="information", by=by, at=at)
    for section in made.tender.sections.all():
        section_text.save(made, section, text=f"{section.title}. {TEXT}", base_revision=0, by=by, at=at)
    add_costs(made, price)
    say_the_rest(made)
    agree(made)
    if file is not None:
        upload = SimpleUploadedFile("letters of support.pdf", file)
        attachment.add(made, upload, kind="application/pdf", title="Letters of support", by=by, at=at)
    return made


def add_costs(made: Proposal, price: Decimal) -> None:
    """Ten days of the lead's staff at £450, and the rest as an amount of the last member to join."""
    at, by = written_at(made.tender), made.started_by
    members = list(made.consortium.members.order_by("-is_lead", "joined_at"))
    staff = Cost(members[0].organisation, "Repairs team", days=Decimal(10), day_rate=Decimal(450))
    rest = Cost(
        members[-1].organisation, "Research and design", kind="subcontract", amount=price - Decimal(4500)
    )
    for cost in (staff, rest):
        cost_line.add(made, cost, by=by, at=at)


def say_the_rest(made: Proposal) -> None:
    """What the lead confirms and declares, its VAT, and what may be published."""
    words = {"by": made.started_by, "at": written_at(made.tender)}
    proposal_part.confirm_eligibility(made, **words)
    proposal_part.declare(made, **words)
    proposal_part.plan_payments(made, vat="standard", payments={}, **words)
    proposal_part.set_publication(made, publishes="summary", public_summary="Repairs, told to all.", **words)


def agree(made: Proposal) -> None:
    """Every partner agrees to its lines as they are."""
    read = draft.of(Proposal.objects.get(pk=made.pk))
    for standing in agreements.standings(read):
        by = standing.member.named_people.filter(ended_at=None).order_by("named_at").first().person
        seen, at = agreements.seen(read, standing.member), written_at(made.tender)
        agreement.agree(made, standing.member, seen=seen, by=by, at=at)


def without(made: Proposal) -> list[uuid.UUID]:
    """Every partner, for a lead who goes on without their agreement."""
    return list(made.consortium.members.filter(left_at=None, is_lead=False).values_list("pk", flat=True))


def submit(made: Proposal, *, at: datetime | None = None, key: uuid.UUID | None = None) -> Version:
    """Submit by the lead's person; both clocks are held at the moment."""
    at = at or written_at(made.tender) + timedelta(hours=1)
    with clock.held_at(at):
        words = {"key": key or uuid.uuid4(), "by": made.started_by, "seen_at": at}
        return submission.submit(made, without=without(made), **words)


def submitted_proposal(of: Tender | None = None, *, at: datetime | None = None, **complete) -> Proposal:
    """A proposal that was submitted."""
    version = submit(complete_proposal(of, **complete), at=at)
    return version.proposal


def close(of: Tender, *, at: datetime | None = None) -> Tender:
    """The clock closes the tender at its deadline, and the register is made."""
    at = at or of.proposals_close_at
    with clock.held_at(at):
        tender.close(of)
    of.refresh_from_db()
    return of


def closed_tender(of: Tender | None = None) -> Tender:
    """A tender that closed with two rivals' proposals; one agency is in both."""
    of = of or published_tender()
    submitted_proposal(of, lead="lead-a", members=("partner-a",))
    submitted_proposal(of, lead="lead-b", members=("partner-a",), title="Bins on the right day")
    return close(of)


def propose_opening(of: Tender, *, at: datetime | None = None) -> datetime:
    """The manager proposes to open, an hour after the deadline."""
    at = at or of.proposals_close_at + timedelta(hours=1)
    with clock.held_at(at):
        opening.propose_opening(of, by=cast.person("manager", at=at), at=at)
    return at


def open_proposals(of: Tender, *, at: datetime | None = None) -> Tender:
    """The manager proposes to open and the approver confirms."""
    at = propose_opening(of, at=at)
    with clock.held_at(at):
        opening.open(of, by=cast.person("approver", at=at), at=at)
    of.refresh_from_db()
    return of


def opened_tender(of: Tender | None = None) -> Tender:
    """A tender whose proposals two people have opened."""
    return open_proposals(closed_tender(of))


def written_at(of: Tender) -> datetime:
    """A moment while the tender is open: ten days before its deadline."""
    return of.proposals_close_at - timedelta(days=10)
