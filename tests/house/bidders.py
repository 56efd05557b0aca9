"""Who bids in the world, and with what: proposals full of words that must not be seen.

`ours` is of the consortium of `lead-a` and `partner-a`, `theirs` of its rival's. `unfit` will be found not
eligible, so that nothing of it is ever published. `held` comes changed out of storage and stays sealed.
"""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from consortia.actions import organisation
from consortia.models import Member, Organisation
from odifund.core import clock, people
from odifund.core.models import Person
from tenders.actions import consortium as taking_part
from tenders.actions import proposal as proposals
from tenders.models import Proposal, Tender, Version
from tests import cast
from tests.factories import proposal
from tests.factories.consortium import colleague
from tests.factories.tender import PUBLISHED

TITLES = {
    "ours": "Zymurgy for tenants",
    "theirs": "Quokkas for drivers",
    "unfit": "Vellichor for walkers",
    "held": "Wapentake for anglers",
}
MARK, RIVALS_MARK = "Zymurgy", "Quokkas"
TEXTS = {"ours": "Ptarmigan", "theirs": "Axolotl", "unfit": "Gossamer", "held": "Limoncello"}
"""A word of each proposal's texts, file and costs; its title has another, which may be published."""
FILES = {key: f"%PDF-1.4 {word} letters of support".encode() for key, word in TEXTS.items()}


def come_from_outside() -> dict[str, Person]:
    """A colleague of the lead's and one of the rival's, and somebody who will be invited."""
    return {
        "colleague": colleague("lead-a", "ada@exampleshire.example.org", at=PUBLISHED),
        "invited": Person.objects.make("ivo@lanes.example.org", "Ivo Lane", joined_at=PUBLISHED),
        "bidding-manager": colleague("lead-b", "lena@sampleton.example.org", "Lena Marl", at=PUBLISHED),
    }


def draft(tender: Tender) -> Proposal:
    """All four proposals, and the invitation; returns ours."""
    ours = proposal.complete_proposal(tender, **_words("ours"))
    proposal.complete_proposal(tender, lead="lead-b", **_words("theirs"))
    _draft_of_strangers(tender, "unfit", "Fenwick")
    _draft_of_strangers(tender, "held", "Marle")
    with clock.held_at(proposal.written_at(tender)):
        by = ours.started_by
        taking_part.rename(ours.consortium, name=f"The {MARK} consortium", by=by)
        taking_part.invite(
            ours.consortium, organisation_name="Lanes Parish Council", email="ivo@lanes.example.org", by=by
        )
    return ours


def _words(key: str) -> dict[str, object]:
    return {"title": TITLES[key], "text": f"{proposal.TEXT} {TEXTS[key]}.", "file": FILES[key]}


def _draft_of_strangers(tender: Tender, key: str, place: str) -> None:
    """A complete draft by two organisations of which nobody is asked anything."""
    at = proposal.written_at(tender)
    lead, partner = (
        Person.objects.make(f"{who}@{place.lower()}.example.org", f"{who} of {place}", joined_at=at)
        for who in ("lead", "partner")
    )
    kind, other = Organisation.Kind.LOCAL_AUTHORITY, Organisation.Kind.DIGITAL
    leads = organisation.add(name=f"{place} Council", kind=kind, by=lead, at=at)
    joins = organisation.add(name=f"{place} Studio", kind=other, by=partner, at=at)
    with clock.held_at(at):
        formed = taking_part.form(tender, lead=leads, name=f"{place} and its studio", by=lead)
        sent = taking_part.invite(formed, organisation_name=joins.name, email=partner.email, by=lead)
        taking_part.accept(sent, key="", organisation=joins, by=partner)
    words = _words(key)
    made = proposals.start(tender, formed, title=words["title"], by=lead, at=at)
    proposal.completed(made, price=Decimal("39120.25"), file=words["file"], text=words["text"])


def join_both_sides(tender: Tender, person: Person) -> None:
    """The rival's colleague is named on its proposal, and later is given a role at the fund."""
    at = proposal.written_at(tender)
    member = Member.objects.get(consortium__proposals__title=TITLES["theirs"], is_lead=True)
    taking_part.name_person(member, person, by=cast.person("lead-b", at=at), at=at)
    people.give_role(person, "manager", by=None, at=at + timedelta(minutes=5))


def damage(tender: Tender) -> None:
    """Other words lie in storage than the held proposal was submitted with."""
    version = Version.objects.get(tender=tender, proposal__title=TITLES["held"])
    for attachment in version.proposal.attachments.select_related("file"):
        (Path(settings.MEDIA_ROOT) / attachment.file.path).write_bytes(b"%PDF-1.4 Limoncello, and more")
