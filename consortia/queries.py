"""Reading the parties: lists and counts for pages, mails and other apps."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from consortia.models import Belonging, Consortium, Invitation, Member, NamedPerson, Organisation
from odifund.core.models import Person


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
    """Invitations that wait, were declined or withdrawn; an accepted one is a member by now."""
    return (
        consortium.invitations.exclude(status=Invitation.Status.ACCEPTED)
        .select_related("invited_by")
        .order_by("-invited_at")
    )


def waiting_invitations(person: Person) -> QuerySet[Invitation]:
    """Invitations to the person's own address that wait for an answer, the newest first."""
    return (
        Invitation.objects.filter(email__iexact=person.email, status=Invitation.Status.SENT)
        .select_related("consortium__lead", "invited_by")
        .order_by("-invited_at")
    )
