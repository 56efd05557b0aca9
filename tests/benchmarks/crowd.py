"""So many consortia, each with a complete proposal and a lead who is signed in, for the rush.

`python -m tests.benchmarks.crowd 20 bidders.json` makes them in the portal that the environment names, on a
tender of its own, and writes who they are.
"""

import json
import sys
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

import django


@dataclass(frozen=True)
class Bidder:
    """A lead's browser: its session, and the proposal it submits."""

    session: str
    proposal: str


def bidders(tender, count: int) -> list[Bidder]:
    """Leads with complete drafts that a studio shared by all has agreed to."""
    from consortia.actions import organisation
    from odifund.core import clock
    from odifund.core.models import Person

    at = clock.now()
    partner = Person.objects.make("studio@crowd.example.org", "Sol Studio", joined_at=at)
    studio = organisation.add(name="Crowd Studio", kind="service_design", by=partner, at=at)
    return [_bidder(tender, number, partner, studio, at) for number in range(count)]


def _bidder(tender, number, partner, studio, at) -> Bidder:
    from django.test import Client

    from consortia.actions import organisation
    from odifund.core.models import Person

    lead = Person.objects.make(f"lead-{number}@crowd.example.org", f"Lead {number}", joined_at=at)
    council = organisation.add(name=f"Crowd Council {number}", kind="local_authority", by=lead, at=at)
    proposal = _proposal(tender, number, lead, council, partner, studio, at)
    client = Client()
    client.force_login(lead)
    return Bidder(client.cookies["signed_in"].value, str(proposal.pk))


def _proposal(tender, number, lead, council, partner, studio, at):
    """A complete draft, through the portal's own actions."""
    from tenders.actions import agreement, consortium, cost_line, proposal, proposal_part, section_text
    from tenders.queries import agreement as agreements
    from tenders.queries import draft

    formed = consortium.form(tender, lead=council, name=f"Crowd {number}", by=lead)
    sent = consortium.invite(formed, organisation_name=studio.name, email=partner.email, by=lead)
    member = consortium.accept(sent, key="", organisation=studio, by=partner)
    made = proposal.start(tender, formed, title=f"Crowd {number}", by=lead, at=at)
    for section in tender.sections.all():
        section_text.save(made, section, text=f"{section.title}. " * 50, base_revision=0, by=lead, at=at)
    costs = [cost_line.Cost(council, f"Work {n}", days=Decimal(4), day_rate=Decimal(450)) for n in range(9)]
    costs.append(cost_line.Cost(studio, "Design", kind="other", amount=Decimal(9000)))
    cost_line.add_all(made, costs, by=lead, at=at)
    for confirm in (proposal_part.confirm_eligibility, proposal_part.declare):
        confirm(made, by=lead, at=at)
    read = draft.of(type(made).objects.get(pk=made.pk))
    agreement.agree(made, member, seen=agreements.seen(read, member), by=partner, at=at)
    return made


def main(count: int, file: Path) -> None:
    """A tender of its own, open for some days, and the crowd."""
    django.setup()
    from tests.tenders.test_races import open_now

    tender = open_now()
    found = [asdict(each) for each in bidders(tender, count)]
    file.write_text(json.dumps({"tender": tender.reference, "bidders": found}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
