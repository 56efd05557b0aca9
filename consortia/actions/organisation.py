"""Organisations: adding one, its details, and the people who speak for it."""

from datetime import datetime

from django.db import transaction

from consortia import access, queries
from consortia.models import Belonging, NamedPerson, Organisation
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person


def add(
    *, name: str, kind: str, by: Person, at: datetime, in_uk: bool = True, website: str = ""
) -> Organisation:
    """A new organisation; who adds it speaks for it."""
    with transaction.atomic():
        organisation = Organisation.objects.create(
            name=name.strip(), kind=kind, in_uk=in_uk, website=website, added_by=by, added_at=at
        )
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
    in_uk: bool = True,
    website: str = "",
) -> None:
    """Change its details, for drafts to come; what was submitted keeps the name it was given."""
    _only_its_people(organisation, by)
    with transaction.atomic():
        organisation.name, organisation.kind = name.strip(), kind
        organisation.in_uk, organisation.website = in_uk, website
        organisation.save()
        audit.record("organisation.changed", organisation, by=by, at=at, facts={"kind": kind})


def add_person(organisation: Organisation, *, email: str, by: Person, at: datetime) -> Person:
    """Let a registered person speak for the organisation. It shows them no proposal."""
    _only_its_people(organisation, by)
    person = queries.registered_person(email)
    if person is None:
        raise NotReady(
            ["Nobody has registered with this e-mail address. Ask them to register first, then add them."]
        )
    with transaction.atomic():
        _, new = Belonging.objects.get_or_create(
            organisation=organisation,
            person=person,
            ended_at=None,
            defaults={"added_by": by, "added_at": at},
        )
        if not new:
            raise NotReady([f"{person} already belongs to {organisation}."])
        facts, details = {"person": person.pk}, {"person": str(person)}
        audit.record("organisation.person_added", organisation, by=by, at=at, facts=facts, details=details)
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


def _end_namings(organisation: Organisation, person: Person, by: Person, at: datetime) -> None:
    namings = NamedPerson.objects.select_for_update().filter(
        person=person, member__organisation=organisation, member__left_at=None, ended_at=None
    )
    for naming in namings:
        others = naming.member.named_people.filter(ended_at=None).exclude(pk=naming.pk)
        if not others.exists():
            alone = f"{person} is the only person named for {organisation} on a proposal."
            raise NotReady([f"{alone} Ask them to name a colleague there first."])
        naming.ended_by, naming.ended_at = by, at
        naming.save()


def _only_its_people(organisation: Organisation, by: Person) -> None:
    if not access.speaks_for(by, organisation):
        raise WrongPerson(f"Only the people of {organisation} may do this.")
