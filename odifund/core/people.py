"""Inviting people and giving them roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction

from odifund.core import access, audit, mail
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person, Role

ROLES = {
    Role.Name.ADMINISTRATOR: "Invites people and gives roles. Sees no proposal.",
    Role.Name.MANAGER: "Writes and runs tenders, answers questions, reviews what is delivered.",
    Role.Name.APPROVER: "The second person: confirms publishing, openings and awards.",
    Role.Name.MODERATOR: "Chairs a panel and records the scores it agrees on.",
    Role.Name.EVALUATOR: "Scores proposals after declaring interests.",
    Role.Name.FINANCE: "Pays what has fallen due. Sees contracts, no proposals and no scores.",
    Role.Name.OBSERVER: "Reads the trail and everything that has been opened. Changes nothing.",
}
"""What each role lets somebody do, in the words of the people pages."""


@dataclass(frozen=True)
class Standing:
    """A person of the fund and the roles they hold now."""

    person: Person
    roles: list[Role]


def standings() -> list[Standing]:
    """Everybody of the fund's staff with their roles, in two queries."""
    held = Role.objects.filter(ended_at=None).order_by("given_at")
    people = access.staff().prefetch_related(models.Prefetch("role_set", held, to_attr="held"))
    return [Standing(person, getattr(person, "held", [])) for person in people]


def roles_of(person: Person) -> list[Role]:
    """Every role the person ever had, the newest first."""
    rows = Role.objects.filter(person=person).select_related("given_by", "ended_by")
    return list(rows.order_by(models.F("ended_at").desc(nulls_first=True), "-given_at"))


def invite(email: str, name: str, *, roles: Iterable[str], by: Person | None, at: datetime) -> Person:
    """The person with this address, made if new, with these roles; each invitation is mailed.

    `by` None: the server's command line.
    """
    if by is not None and not access.administers(by):
        raise WrongPerson("Only an administrator invites people.")
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            person = Person.objects.make(email, name, joined_at=at)
            audit.record("person.invited", person, by=by, at=at, details=_words(by, person=str(person)))
        for role in roles:
            if role not in person.roles:
                give_role(person, role, by=by, at=at)
        mail.queue(
            "core/person_invited",
            key=f"core/person_invited:{person.pk}:{at.isoformat()}",
            to=[person],
            at=at,
            context={"by": by},
        )
    return person


def rename(person: Person, name: str, *, at: datetime) -> None:
    """The person's own name, from now on."""
    with transaction.atomic():
        before, person.name = person.name, name.strip()
        person.save(update_fields=["name"])
        details = {"before": before or person.email, "person": person.name}
        audit.record("person.renamed", person, by=person, at=at, details=details, sealed=True)


def give_role(person: Person, role: str, *, by: Person | None, at: datetime) -> Role:
    """Give a role. `by` None is the server's command line."""
    if by is not None and not access.administers(by):
        raise WrongPerson("Only an administrator gives roles.")
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Role.objects.filter(person=person, role=role, ended_at=None).exists():
            raise MovedOn(f"{person} already has this role.")
        given = Role.objects.create(person=person, role=Role.Name(role), given_by=by, given_at=at)
        details = _words(by, person=str(person), role=given.get_role_display())
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
            message = "This is the last administrator. Give somebody else the role first."
            raise MovedOn(message, heading="The last administrator stays")
        held.ended_by, held.ended_at = by, at
        held.save()
        details = {"person": str(person), "role": held.get_role_display()}
        audit.record("role.ended", person, by=by, at=at, facts={"role": role}, details=details)
    person.__dict__.pop("roles", None)


def _words(by: Person | None, **words: str) -> dict[str, str]:
    """The words of an event; what came from the server's command line was no work of the clock."""
    return words if by else {"by": "The server", **words}
