"""Inviting people and giving them roles."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from odifund.core import access, audit, mail
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person, Role


def invite(email: str, name: str, *, roles: Iterable[str], by: Person | None, at: datetime) -> Person:
    """The person with this address, made if new, with these roles; told by mail. `by` None: the server."""
    if by is not None and not access.administers(by):
        raise WrongPerson("Only an administrator invites people.")
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            person = Person.objects.make(email, name, joined_at=at)
            audit.record("person.invited", person, by=by, at=at, details={"person": str(person)})
        for role in roles:
            if role not in person.roles:
                give_role(person, role, by=by, at=at)
        mail.queue(
            "core/person_invited",
            key=f"core/person_invited:{person.pk}",
            to=[person],
            at=at,
            context={"by": by},
        )
    return person


def give_role(person: Person, role: str, *, by: Person | None, at: datetime) -> Role:
    """Give a role. `by` None is the server's command line."""
    if by is not None and not access.administers(by):
        raise WrongPerson("Only an administrator gives roles.")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Role.objects.filter(person=person, role=role, ended_at=None).exists():
            raise MovedOn(f"{person} already has this role.")
        given = Role.objects.create(person=person, role=Role.Name(role), given_by=by, given_at=at)
        details = {"person": str(person), "role": given.get_role_display()}
        audit.record("role.given", person, by=by, at=at, facts={"role": role}, details=details)
    person.__dict__.pop("roles", None)
    return given


def end_role(person: Person, role: str, *, by: Person, at: datetime) -> None:
    """End a role. The last administrator's cannot be ended: nobody could give roles any more."""
    if not access.administers(by):
        raise WrongPerson("Only an administrator ends roles.")
    with transaction.atomic():
        # Every holder's row is locked, or two administrators could end each other at the same moment.
        held_now = Role.objects.select_for_update(of=("self",)).select_related("person").order_by("pk")
        holders = {row.person_id: row for row in held_now.filter(role=role, ended_at=None)}
        held = holders.pop(person.pk, None)
        if held is None:
            raise MovedOn("This role had already ended.")
        if role == Role.Name.ADMINISTRATOR and not any(row.person.is_active for row in holders.values()):
            raise MovedOn("This is the last administrator. Give somebody else the role first.")
        held.ended_by, held.ended_at = by, at
        held.save()
        details = {"person": str(person), "role": held.get_role_display()}
        audit.record("role.ended", person, by=by, at=at, facts={"role": role}, details=details)
    person.__dict__.pop("roles", None)
