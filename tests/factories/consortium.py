"""Organisations and consortia, reached through actions. The rival and the shared agency are here too."""

import uuid
from datetime import UTC, datetime

from consortia.actions import consortium, invitation
from consortia.actions import organisation as organisations
from consortia.models import Consortium, Organisation
from odifund.core import clock
from odifund.core.models import Person
from odifund.pages.cast import CAST
from tenders.actions import consortium as taking_part
from tenders.models import Tender
from tests import cast

BEFORE = datetime(2017, 8, 21, 9, 0, tzinfo=UTC)
KINDS = {
    "Exampleshire County Council": Organisation.Kind.LOCAL_AUTHORITY,
    "Sampleton Borough Council": Organisation.Kind.LOCAL_AUTHORITY,
    "Pattern & Post": Organisation.Kind.SERVICE_DESIGN,
    "Cogwheel Digital Co-operative": Organisation.Kind.DIGITAL,
}


def organisation(player: str = "lead-a", *, name: str = "", kind: str = "", at: datetime = BEFORE):
    """The player's organisation: the one they speak for already, or made."""
    person = cast.person(player, at=at)
    name = name or _name_of(player)
    if found := Organisation.objects.filter(
        name=name, belongings__person=person, belongings__ended_at=None
    ).first():
        return found
    kind = kind or KINDS.get(name, Organisation.Kind.LOCAL_AUTHORITY)
    return organisations.add(name=name, kind=kind, by=person, at=at)


def _name_of(player: str) -> str:
    name = next(p.organisation for p in CAST if p.key == player)
    return name or "Middling District Council"


def takes_consortia(tender: Tender | None, at: datetime) -> bool:
    """Whether the tender's own actions can form one: not for a key alone, nor a stage made from rows."""
    return tender is not None and tender.accepts_proposals(at)


def joined(formed: Consortium, player: str, *, at: datetime = BEFORE):
    """The player's organisation joins by an invitation the lead sends; returns the member."""
    joins = organisation(player, at=at)
    person = cast.person(player, at=at)
    words = {"organisation_name": joins.name, "email": person.email, "by": formed.formed_by}
    if not takes_consortia(Tender.objects.filter(pk=formed.formed_for).first(), at):
        sent, key = invitation.invite(formed, at=at, **words)
        return invitation.accept(sent, key=key, organisation=joins, by=person, at=at)
    with clock.held_at(at):
        sent = taking_part.invite(formed, **words)
        return taking_part.accept(sent, key="", organisation=joins, by=person)


def consortium_of(
    lead: str = "lead-a",
    *members: str,
    tender: Tender | None = None,
    name: str = "",
    at: datetime = BEFORE,
) -> Consortium:
    """A consortium led by a player's organisation; each other player's organisation accepts."""
    leads, by = organisation(lead, at=at), cast.person(lead, at=at)
    name = name or f"{leads.name} and partners"
    if not takes_consortia(tender, at):
        key = tender.pk if tender else uuid.uuid4()
        formed = consortium.form(name=name, lead=leads, formed_for=key, by=by, at=at)
    else:
        with clock.held_at(at):
            formed = taking_part.form(tender, lead=leads, name=name, by=by)
    for player in members:
        joined(formed, player, at=at)
    return formed


def colleague(player: str, email: str, name: str = "Ada Colleague", *, at: datetime = BEFORE) -> Person:
    """Another registered person of the player's organisation."""
    made = Person.objects.make(email, name, joined_at=at)
    organisations.add_person(
        organisation(player, at=at), email=made.email, by=cast.person(player, at=at), at=at
    )
    return made
