"""Consortia: forming one, the people each member names, and leaving.

The tenders app calls these in its own actions: it knows until when a consortium may change, and
tells the people concerned.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from consortia import access
from consortia.models import Consortium, Member, NamedPerson, Organisation
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person

Part = NamedPerson.Part


def form(*, name: str, lead: Organisation, formed_for: UUID, by: Person, at: datetime) -> Consortium:
    """A new consortium for a tender; who forms it is named for the lead."""
    if not access.speaks_for(by, lead):
        raise WrongPerson("You can only lead with an organisation you belong to.")
    with transaction.atomic():
        consortium, new = Consortium.objects.get_or_create(
            formed_for=formed_for,
            lead=lead,
            defaults={"name": name.strip(), "formed_by": by, "formed_at": at},
        )
        if not new:
            already = f"{lead} already leads a consortium for this tender, and leads one at most."
            raise NotReady([f"{already} Ask the colleague who formed it to name you."])
        join(consortium, lead, by=by, at=at, is_lead=True)
        facts, details = {"lead": lead.pk}, {"lead": str(lead)}
        audit.record("consortium.formed", consortium, by=by, at=at, facts=facts, details=details)
    return consortium


def join(
    consortium: Consortium, organisation: Organisation, *, by: Person, at: datetime, is_lead: bool = False
) -> Member:
    """Make the organisation a member and name who joins it. Part of forming and accepting, not a move.

    Who forms it for the lead can submit, and names the others who can.
    """
    member = Member.objects.create(
        consortium=consortium, organisation=organisation, is_lead=is_lead, joined_at=at
    )
    part = Part.SUBMITS if is_lead else Part.WORKS
    NamedPerson.objects.create(member=member, person=by, part=part, named_by=by, named_at=at)
    return member


def rename(consortium: Consortium, *, name: str, by: Person, at: datetime) -> None:
    """Give the consortium another name: the lead's people."""
    if not access.leads(by, consortium):
        raise WrongPerson("Only the people named for the lead change the consortium's name.")
    with transaction.atomic():
        details = {"before": consortium.name}
        consortium.name = name.strip()
        consortium.save(update_fields=["name"])
        audit.record("consortium.renamed", consortium, by=by, at=at, details=details)


def name_person(
    member: Member, person: Person, *, by: Person, at: datetime, part: str = Part.WORKS
) -> NamedPerson:
    """Name a colleague: from now on they see the consortium's proposal, and do what their part says."""
    _only_its_namers(member, by)
    _only_the_lead_submits(member, part)
    if not access.speaks_for(person, member.organisation):
        raise NotReady([f"{person} does not belong to {member.organisation}. Add them there first."])
    with transaction.atomic():
        naming, new = NamedPerson.objects.get_or_create(
            member=member,
            person=person,
            ended_at=None,
            defaults={"part": part, "named_by": by, "named_at": at},
        )
        if not new:
            raise NotReady([f"{person} is already named."])
        _record("consortium.person_named", naming, by, at)
    return naming


def give_part(naming: NamedPerson, part: str, *, by: Person, at: datetime) -> bool:
    """Let somebody named do another part; says whether it is another one."""
    member = naming.member
    _only_its_namers(member, by)
    _only_the_lead_submits(member, part)
    with transaction.atomic():
        naming = _only_if_others_stay(member, naming.person, part)
        if naming.part == part:
            return False
        naming.part = part
        naming.save(update_fields=["part"])
        _record("consortium.part_given", naming, by, at)
    return True


def unname_person(member: Member, person: Person, *, by: Person, at: datetime) -> None:
    """Take a colleague off: from now on they see nothing of the proposal. One stays for each member."""
    _only_its_namers(member, by)
    with transaction.atomic():
        take_off(member, person, by=by, at=at)


def take_off(member: Member, person: Person, *, by: Person, at: datetime) -> None:
    """Somebody is named no longer. Part of taking off and of leaving an organisation, not a move."""
    naming = _only_if_others_stay(member, person)
    naming.ended_by, naming.ended_at = by, at
    naming.save()
    _record("consortium.person_unnamed", naming, by, at)


def leave(member: Member, *, by: Person, at: datetime) -> None:
    """The member leaves, or the lead takes it out; its people see nothing more. The lead itself stays."""
    if not access.ends_membership(by, member):
        raise WrongPerson(f"Only people who work for {member.organisation} or the lead take it out.")
    if member.is_lead:
        raise NotReady(["The lead cannot leave its own consortium. It can withdraw the proposal."])
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        if member.left_at is not None:
            raise MovedOn(f"{member.organisation} had already left.")
        member.named_people.filter(ended_at=None).update(ended_by=by, ended_at=at)
        member.left_by, member.left_at = by, at
        member.save()
        facts, details = {"member": member.pk}, {"organisation": str(member.organisation)}
        audit.record("consortium.member_left", member.consortium, by=by, at=at, facts=facts, details=details)


def _only_its_namers(member: Member, by: Person) -> None:
    if not access.members_named_by(by, member.consortium).filter(pk=member.pk).exists():
        raise WrongPerson(f"Only people of {member.organisation} who are named here name its people.")


def _only_the_lead_submits(member: Member, part: str) -> None:
    if part == Part.SUBMITS and not member.is_lead:
        raise NotReady(["Only people of the lead can submit the proposal."])


def _only_if_others_stay(member: Member, person: Person, part: str = "") -> NamedPerson:
    """The person's naming, under the member's lock, if the member has enough people without it."""
    Member.objects.select_for_update().get(pk=member.pk)
    naming = member.named_people.filter(person=person, ended_at=None).select_related("person").first()
    if naming is None:
        raise MovedOn(f"{person} was no longer named.")
    if lacking := _lacking(naming, part):
        only = f"{person} is the only person {lacking} for {member.organisation}"
        raise NotReady([f"{only}. Name somebody else first."])
    return naming


def _lacking(naming: NamedPerson, part: str) -> str:
    """What the member would have nobody for if this person did this part, or none; or nothing."""
    others = naming.member.named_people.filter(ended_at=None).exclude(pk=naming.pk)
    left = {part, *others.values_list("part", flat=True)}
    if not left & {Part.WORKS, Part.SUBMITS}:
        return "who works on the proposal"
    return "who can submit the proposal" if naming.member.is_lead and Part.SUBMITS not in left else ""


def _record(event: str, naming: NamedPerson, by: Person, at: datetime) -> None:
    member, person = naming.member, naming.person
    audit.record(
        event,
        member.consortium,
        by=by,
        at=at,
        facts={"member": member.pk, "person": person.pk, "part": naming.part},
        details={
            "person": str(person),
            "organisation": str(member.organisation),
            "part": str(naming.get_part_display()),
        },
    )
