"""Organisations: adding one, its details, and the people who speak for it."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from consortia import access, notices, queries
from consortia.actions.consortium import take_off
from consortia.models import Belonging, NamedPerson, Organisation
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person

TAKEN = "An organisation with this number is here already. Ask its people to add you"
LAST = "You are the only person of {organisation}. Name somebody who takes over"


class Details(TypedDict, total=False):
    """What else is told of an organisation."""

    in_uk: bool
    website: str
    region: str
    size: str
    scheme: str
    number: str


def add(*, name: str, kind: str, by: Person, at: datetime, **details: Unpack[Details]) -> Organisation:
    """A new organisation; who adds it speaks for it. A number stands here once."""
    rest = {**details, "name": name.strip(), "kind": kind, "added_by": by, "added_at": at}
    scheme, number = rest.pop("scheme", ""), rest.pop("number", "")
    with transaction.atomic():
        if number:
            organisation, new = Organisation.objects.get_or_create(
                scheme=scheme, number=number, defaults=rest
            )
            if not new:
                raise NotReady([TAKEN])
        else:
            organisation = Organisation.objects.create(**rest)
        Belonging.objects.create(organisation=organisation, person=by, added_by=by, added_at=at)
        audit.record("organisation.added", organisation, by=by, at=at, facts={"kind": kind})
    return organisation


def edit(
    organisation: Organisation,
    *,
    name: str,
    kind: str,
    by: Person,
    at: datetime,
    **details: Unpack[Details],
) -> None:
    """Change its details, for drafts to come; what was submitted keeps the name it was given."""
    _only_its_people(organisation, by)
    there = queries.numbered(details.get("scheme", ""), details.get("number", ""))
    if there and there != organisation:
        raise NotReady(["Another organisation has this number here. Check it, and ring us if it is yours"])
    with transaction.atomic():
        organisation.name, organisation.kind = name.strip(), kind
        for field in Details.__annotations__:
            setattr(organisation, field, details.get(field, getattr(organisation, field)))
        organisation.save()
        audit.record("organisation.changed", organisation, by=by, at=at, facts={"kind": kind})


def add_person(organisation: Organisation, *, email: str, by: Person, at: datetime, name: str = "") -> Person:
    """Let somebody speak for the organisation, who is told. It shows them no proposal.

    Who has not registered yet gets an account with this name and address, which their first code confirms.
    """
    _only_its_people(organisation, by)
    with transaction.atomic():
        person = queries.registered_person(email) or _invited(email, name, by, at)
        belonging = join(organisation, person, by=by, at=at)
        facts, details = {"person": person.pk}, {"person": str(person)}
        audit.record("organisation.person_added", organisation, by=by, at=at, facts=facts, details=details)
        notices.added(belonging, by=by, at=at)
    return person


def join(organisation: Organisation, person: Person, *, by: Person, at: datetime) -> Belonging:
    """Make the person speak for it. Part of adding and of answering a request, not a move."""
    belonging, new = Belonging.objects.get_or_create(
        organisation=organisation, person=person, ended_at=None, defaults={"added_by": by, "added_at": at}
    )
    if not new:
        raise NotReady([f"{person} already belongs to {organisation}."])
    return belonging


def _invited(email: str, name: str, by: Person, at: datetime) -> Person:
    if Person.objects.filter(email__iexact=email.strip()).exists():
        raise NotReady(["The account with this address is closed. Ring us if that is a mistake."])
    person = Person.objects.make(email, name, joined_at=at)
    audit.record("person.invited", person, by=by, at=at, details={"person": str(person)}, sealed=True)
    return person


def remove_person(organisation: Organisation, person: Person, *, by: Person, at: datetime) -> None:
    """End a belonging and every naming that stood on it, so that who has left sees nothing more."""
    _only_its_people(organisation, by)
    with transaction.atomic():
        belongings = list(
            Belonging.objects.select_for_update().filter(organisation=organisation, ended_at=None)
        )
        theirs = next((row for row in belongings if row.person_id == person.pk), None)
        if theirs is None:
            raise MovedOn(f"{person} had already left {organisation}.")
        if len(belongings) == 1:
            raise NotReady([f"{person} is the last person of {organisation}. Add somebody else first."])
        _end_namings(organisation, person, by, at)
        theirs.ended_by, theirs.ended_at = by, at
        theirs.save()
        facts, details = {"person": person.pk}, {"person": str(person)}
        audit.record("organisation.person_left", organisation, by=by, at=at, facts=facts, details=details)


def leave(
    organisation: Organisation, *, by: Person, at: datetime, email: str = "", name: str = ""
) -> Person | None:
    """Leave it; the only person hands it over, to somebody named by their address. Returns who that is."""
    _only_its_people(organisation, by)
    if not email and not queries.has_others(organisation, by):
        raise NotReady([LAST.format(organisation=organisation)])
    with transaction.atomic():
        successor = None
        if email:
            successor = add_person(organisation, email=email, name=name, by=by, at=at)
            facts, details = {"person": successor.pk}, {"person": str(successor)}
            audit.record("organisation.handed_over", organisation, by=by, at=at, facts=facts, details=details)
        remove_person(organisation, by, by=by, at=at)
    return successor


def _end_namings(organisation: Organisation, person: Person, by: Person, at: datetime) -> None:
    namings = NamedPerson.objects.filter(
        person=person, member__organisation=organisation, member__left_at=None, ended_at=None
    )
    for naming in namings.select_related("member__organisation"):
        take_off(naming.member, person, by=by, at=at)


def _only_its_people(organisation: Organisation, by: Person) -> None:
    if not access.speaks_for(by, organisation):
        raise WrongPerson(f"Only the people of {organisation} may do this.")
