"""Who sees and does what among the parties.

Belonging to an organisation shows its page and people; only being named shows a consortium. Who is named
as a reader sees it and changes nothing of it.
"""

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from consortia.models import WAITS, Consortium, Invitation, JoinRequest, Member, NamedPerson, Organisation
from odifund.core.access import administers, only, signed_in
from odifund.core.errors import WrongPerson

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def organisations_for(user: "User") -> QuerySet[Organisation]:
    """The organisations this person speaks for."""
    if not signed_in(user):
        return Organisation.objects.none()
    return Organisation.objects.filter(belongings__person=user, belongings__ended_at=None).distinct()


def organisation_or_404(request: HttpRequest, key: UUID) -> Organisation:
    """An organisation the person speaks for."""
    return get_object_or_404(organisations_for(request.user), pk=key)


def speaks_for(user: "User", organisation: Organisation) -> bool:
    """Whether the person belongs to the organisation now."""
    return organisations_for(user).filter(pk=organisation.pk).exists()


def colleague_or_404(organisation: Organisation, pk: UUID) -> "Person":
    """Somebody who belongs to the organisation now."""
    belongings = organisation.belongings.filter(ended_at=None).select_related("person")
    return get_object_or_404(belongings, person=pk).person


def requests_to(user: "User") -> QuerySet[JoinRequest]:
    """Requests to join the organisations that this person speaks for."""
    return JoinRequest.objects.filter(organisation__in=organisations_for(user))


def request_to_answer_or_404(request: HttpRequest, pk: UUID) -> JoinRequest:
    """A request to join an organisation the person speaks for."""
    return get_object_or_404(requests_to(request.user).select_related("organisation", "person"), pk=pk)


def own_request_or_404(request: HttpRequest, pk: UUID) -> JoinRequest:
    """A request that the person made themselves."""
    if not signed_in(request.user):
        raise Http404
    mine = JoinRequest.objects.filter(person=request.user)
    return get_object_or_404(mine.select_related("organisation"), pk=pk)


def request_to_decide_or_404(request: HttpRequest, pk: UUID) -> JoinRequest:
    """A request that nobody answered in time, for administrators: before that it is none of theirs to see."""
    only(request, administers)
    at: datetime = request.at  # type: ignore[attr-defined]
    late = JoinRequest.objects.filter(asked_at__lte=at - WAITS)
    return get_object_or_404(late.select_related("organisation", "person"), pk=pk)


def answers_request(user: "User", request: JoinRequest) -> bool:
    """Whether the person may answer it: they speak for the organisation."""
    return speaks_for(user, request.organisation)


def made_request(user: "User", request: JoinRequest) -> bool:
    """Whether it is the person's own."""
    return signed_in(user) and request.person_id == user.pk


def decides_requests(user: "User", request: JoinRequest) -> bool:
    """Whether the person may decide what was left unanswered: an administrator, and not of their own."""
    return administers(user) and not made_request(user, request)


def namings_of(user: "User") -> QuerySet[NamedPerson]:
    """Where this person is named now."""
    if not signed_in(user):
        return NamedPerson.objects.none()
    return NamedPerson.objects.filter(person=user, ended_at=None, member__left_at=None)


def workings_of(user: "User") -> QuerySet[NamedPerson]:
    """Where this person is named now and works on the proposal: not as a reader."""
    return namings_of(user).exclude(part=NamedPerson.Part.READS)


def consortia_for(user: "User") -> QuerySet[Consortium]:
    """The consortia this person is named in: nobody else sees them, staff neither."""
    return Consortium.objects.filter(pk__in=namings_of(user).values("member__consortium"))


def ever_named_in(user: "User") -> QuerySet[Consortium]:
    """The consortia the person is or once was named in: whoever was on their side does not judge them."""
    if not signed_in(user):
        return Consortium.objects.none()
    return Consortium.objects.filter(pk__in=user.namings.values("member__consortium"))


def people_ever_named_in(consortia: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The keys of everybody who is or once was named in one of these consortia."""
    return NamedPerson.objects.filter(member__consortium__in=consortia).values("person")


def consortium_or_404(request: HttpRequest, key: UUID) -> Consortium:
    """A consortium the person is named in."""
    return get_object_or_404(consortia_for(request.user), pk=key)


def is_named_in(user: "User", consortium: Consortium) -> bool:
    """Whether the person is named in this consortium, if only to read."""
    return namings_of(user).filter(member__consortium=consortium).exists()


def works_in(user: "User", consortium: Consortium) -> bool:
    """Whether the person works on this consortium's proposal."""
    return workings_of(user).filter(member__consortium=consortium).exists()


def reads_in(user: "User", consortium: Consortium) -> bool:
    """Whether the person is named in this consortium as a reader."""
    reading = namings_of(user).filter(part=NamedPerson.Part.READS)
    return reading.filter(member__consortium=consortium).exists()


def leads(user: "User", consortium: Consortium) -> bool:
    """Whether the person works for the lead."""
    return workings_of(user).filter(member__consortium=consortium, member__is_lead=True).exists()


def submits_for(user: "User", consortium: Consortium) -> bool:
    """Whether the lead named the person as one who can submit."""
    submitting = namings_of(user).filter(part=NamedPerson.Part.SUBMITS)
    return submitting.filter(member__consortium=consortium, member__is_lead=True).exists()


def works_for(user: "User", member: Member) -> bool:
    """Whether the person works on the proposal for this member."""
    return workings_of(user).filter(member=member).exists()


def ends_membership(user: "User", member: Member) -> bool:
    """Whether the person may take the member out: who works for it, and who works for the lead."""
    return works_for(user, member) or leads(user, member.consortium)


def members_named_by(user: "User", consortium: Consortium) -> QuerySet[Member]:
    """The members this person may name people for: those whose organisation they speak for, as they work."""
    return Member.objects.filter(
        consortium=consortium, left_at=None, organisation__in=organisations_for(user)
    ).filter(consortium__in=workings_of(user).values("member__consortium"))


def key_digest(key: str) -> str:
    """How a mailed key is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


def holds_invitation(user: "User", invitation: Invitation, key: str) -> bool:
    """Whether the person has the mailed key, or signed in with the address it was mailed to."""
    if secrets.compare_digest(key_digest(key), invitation.key_digest):
        return True
    return signed_in(user) and user.email.lower() == invitation.email.lower()


def answers_invitation(user: "User", invitation: Invitation, key: str) -> bool:
    """Whether the person may answer it: who holds it, with an address where it was sent to.

    A link is passed on, and shows the whole draft to who accepts. Inside an organisation that is meant.
    """
    if not signed_in(user) or not holds_invitation(user, invitation, key):
        return False
    return user.email.lower().endswith(f"@{invitation.domain}")


def invitation_or_404(request: HttpRequest, pk: UUID, key: str) -> Invitation:
    """An invitation, for who holds it; without a key or the address it does not exist."""
    found = get_object_or_404(Invitation.objects.select_related("consortium__lead", "invited_by"), pk=pk)
    if not holds_invitation(request.user, found, key):
        raise Http404
    return found


def led_invitation_or_404(request: HttpRequest, pk: UUID) -> Invitation:
    """An invitation of a consortium the person leads."""
    led = workings_of(request.user).filter(member__is_lead=True).values("member__consortium")
    return get_object_or_404(Invitation.objects.filter(consortium__in=led), pk=pk)


def member_or_404(request: HttpRequest, pk: UUID) -> Member:
    """A member of a consortium the person is named in."""
    found = Member.objects.filter(left_at=None, consortium__in=consortia_for(request.user))
    return get_object_or_404(found.select_related("organisation", "consortium__lead"), pk=pk)


def named_member_or_403(request: HttpRequest, pk: UUID) -> Member:
    """A member whose people the person may name; another member of the same consortium is not theirs."""
    member = member_or_404(request, pk)
    if not members_named_by(request.user, member.consortium).filter(pk=member.pk).exists():
        raise WrongPerson(f"Only the people of {member} may do this.")
    return member


def ended_member_or_403(request: HttpRequest, pk: UUID) -> Member:
    """A member that the person may take out of the consortium."""
    member = member_or_404(request, pk)
    if not ends_membership(request.user, member):
        raise WrongPerson(f"Only the people of {member} and of the lead may do this.")
    return member


def naming_or_404(member: Member, person: UUID) -> NamedPerson:
    """The naming of somebody who is named for the member now."""
    namings = member.named_people.filter(ended_at=None).select_related("person", "member__organisation")
    return get_object_or_404(namings, person=person)


def manages_invitation(user: "User", invitation: Invitation) -> bool:
    """Whether the person may withdraw it: the lead's people."""
    return leads(user, invitation.consortium)
