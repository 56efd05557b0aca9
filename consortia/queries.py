"""Reading the parties: lists and counts for pages, mails and other apps."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from consortia import access
from consortia.models import (
    WAITS,
    Belonging,
    Consortium,
    Invitation,
    JoinRequest,
    Member,
    NamedPerson,
    Organisation,
)
from consortia.schemes import SCHEMES
from odifund.core.access import administers
from odifund.core.models import Person
from odifund.core.todo import ToDo


def kinds() -> list[tuple[str, str]]:
    """The kinds of organisation, for a form."""
    return [(str(value), str(label)) for value, label in Organisation.Kind.choices]


def memberships_named(organisation: Organisation, person: Person) -> QuerySet[Member]:
    """The organisation's memberships the person is named for, the newest first."""
    return (
        Member.objects.filter(
            organisation=organisation, left_at=None, named_people__person=person, named_people__ended_at=None
        )
        .select_related("consortium__lead")
        .order_by("-joined_at")
    )


def registered_person(email: str) -> Person | None:
    """The active person with this address."""
    return Person.objects.filter(email__iexact=email.strip(), is_active=True).first()


def people_of(*organisations: Organisation) -> QuerySet[Person]:
    """Who speaks for the organisation, or for one of several, by name."""
    speaking = Belonging.objects.filter(organisation__in=organisations, ended_at=None)
    return Person.objects.filter(pk__in=speaking.values("person"), is_active=True).order_by("name", "pk")


def organisations_of(*people: Person) -> QuerySet[Organisation]:
    """The organisations that any of these people speaks for."""
    return Organisation.objects.filter(belongings__person__in=people, belongings__ended_at=None).distinct()


def members_of(consortium: Consortium) -> QuerySet[Member]:
    """The members with the people they name, the lead first."""
    namings = NamedPerson.objects.filter(ended_at=None).select_related("person").order_by("named_at", "pk")
    return (
        consortium.members.filter(left_at=None)
        .select_related("organisation")
        .prefetch_related(Prefetch("named_people", namings, to_attr="named_now"))
        .order_by("-is_lead", "joined_at", "pk")
    )


def people_named_in(consortium: Consortium) -> QuerySet[Person]:
    """Everybody who works on the consortium's proposal, each once."""
    return _named(NamedPerson.objects.filter(member__consortium=consortium))


def people_of_the_lead(consortium: Consortium) -> QuerySet[Person]:
    """Who is named for the lead."""
    return _named(NamedPerson.objects.filter(member__consortium=consortium, member__is_lead=True))


def parts_in(member: Member) -> list[tuple[str, str]]:
    """What somebody named for this member can do, for a form."""
    parts = NamedPerson.Part.choices if member.is_lead else NamedPerson.Part.choices[1:]
    return [(str(value), str(label)) for value, label in parts]


def people_named_for(member: Member) -> QuerySet[Person]:
    """Who is named for one member."""
    return _named(NamedPerson.objects.filter(member=member))


def people_formed_for(key: UUID) -> QuerySet[Person]:
    """Everybody named in a consortium formed for this tender, each once."""
    return _named(NamedPerson.objects.filter(member__consortium__formed_for=key))


def _named(namings: QuerySet[NamedPerson]) -> QuerySet[Person]:
    now = namings.filter(ended_at=None, member__left_at=None)
    return Person.objects.filter(pk__in=now.values("person"), is_active=True).order_by("name", "pk")


def could_be_named(member: Member) -> QuerySet[Person]:
    """The organisation's people who are not named for this member yet."""
    named = member.named_people.filter(ended_at=None).values("person")
    return people_of(member.organisation).exclude(pk__in=named)


def invitations_of(consortium: Consortium) -> QuerySet[Invitation]:
    """Invitations that wait, or were declined, withdrawn or expired; an accepted one is a member by now."""
    return (
        consortium.invitations.exclude(status=Invitation.Status.ACCEPTED)
        .select_related("invited_by")
        .order_by("-invited_at")
    )


def waiting_invitations(person: Person, at: datetime) -> QuerySet[Invitation]:
    """Invitations to the person's own address that wait for an answer, the newest first."""
    return (
        Invitation.objects.filter(
            email__iexact=person.email, status=Invitation.Status.SENT, expires_at__gt=at
        )
        .select_related("consortium__lead", "invited_by")
        .order_by("-invited_at")
    )


def registers() -> list[tuple[str, str]]:
    """The registers that number organisations, for a form."""
    return [(scheme.code, scheme.name) for scheme in SCHEMES.values()]


def sizes() -> list[tuple[str, str]]:
    """The sizes of organisations, for a form."""
    return [(str(value), str(label)) for value, label in Organisation.Size.choices]


def regions() -> list[tuple[str, str]]:
    """The regions, for a form."""
    return [(str(value), str(label)) for value, label in Organisation.Region.choices]


def numbered(scheme: str, number: str) -> Organisation | None:
    """The organisation with this number, if it is here."""
    return Organisation.objects.filter(scheme=scheme, number=number).first() if number else None


def same_name(name: str) -> Organisation | None:
    """The organisation that is here under this name, however it is spaced and capitalised; the first one."""
    words = " ".join(name.split())
    return Organisation.objects.filter(name__iexact=words).order_by("added_at").first() if words else None


def has_others(organisation: Organisation, person: Person) -> bool:
    """Whether somebody else speaks for it, whose account is open."""
    return people_of(organisation).exclude(pk=person.pk).exists()


def waiting_requests(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Who asks to belong to it, the earliest first."""
    waiting = organisation.join_requests.filter(status=JoinRequest.Status.WAITING)
    return waiting.select_related("person").order_by("asked_at")


def own_request(organisation: Organisation, person: Person) -> JoinRequest | None:
    """The person's request that waits there."""
    return waiting_requests(organisation).filter(person=person).first()


def unanswered_requests(at: datetime) -> QuerySet[JoinRequest]:
    """What nobody answered in time, so that an administrator may decide; the earliest first."""
    late = JoinRequest.objects.filter(status=JoinRequest.Status.WAITING, asked_at__lte=at - WAITS)
    return late.select_related("person", "organisation").order_by("asked_at")


def organisations_with_requests(person: Person) -> QuerySet[Organisation]:
    """The person's organisations, each with how many ask to belong to it."""
    waits = Q(join_requests__status=JoinRequest.Status.WAITING)
    return access.organisations_for(person).annotate(asking=Count("join_requests", waits, distinct=True))


def to_answer(organisations: Iterable[Organisation]) -> Iterator[ToDo]:
    """Requests that wait for the people of these organisations, which were read with them."""
    for organisation in organisations:
        if count := getattr(organisation, "asking"):  # noqa: B009  (annotated)
            who = "1 person asks" if count == 1 else f"{count} people ask"
            title = f"{who} to belong to {organisation}"
            yield ToDo(title, organisation.get_absolute_url(), "Add them, or say no", now=True)


def to_decide(person: Person, at: datetime) -> Iterator[ToDo]:
    """Requests that nobody answered in time, for an administrator."""
    for request in unanswered_requests(at) if administers(person) else ():
        url = reverse("consortia:decide_request", args=[request.pk])
        yield ToDo(f"Decide: {request}", url, "Its people have not answered for three days", now=True)
