"""Who is told of what happens to a tender: its watchers, and the people named on a proposal for it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from consortia import queries as parties
from odifund.core.models import Person, Role
from tenders.models import AddressWatch, Question, Tender, Watch

REMIND_BEFORE = timedelta(days=2)


def watches(person: Person, tender: Tender) -> bool:
    """Whether the person watches the tender now."""
    return Watch.objects.filter(tender=tender, person=person, ended_at=None).exists()


def told(tender: Tender, *, also: Iterable[Person] = (), askers: bool = False) -> QuerySet[Person]:
    """Everybody who is told, each once. `also`, and with `askers` whoever asked, are told in any case."""
    watching = Watch.objects.filter(tender=tender, ended_at=None).values("person")
    named = parties.people_formed_for(tender.pk).values("pk")
    asked = Question.objects.filter(tender=tender).values("asked_by") if askers else []
    return Person.objects.filter(
        Q(pk__in=[person.pk for person in also])
        | Q(pk__in=watching)
        | Q(pk__in=named.order_by())
        | Q(pk__in=asked),
        is_active=True,
    )


def addresses_told(
    tender: Tender, *, also: Iterable[Person] = (), askers: bool = False
) -> QuerySet[AddressWatch]:
    """The confirmed addresses that are told, without those of people who are told anyway."""
    people = (
        told(tender, also=also, askers=askers).order_by().annotate(address=Lower("email")).values("address")
    )
    confirmed = AddressWatch.objects.filter(tender=tender, confirmed_at__isnull=False)
    return confirmed.exclude(address__in=people).select_related("tender").order_by("pk")


def watched_tenders(person: Person) -> QuerySet[Tender]:
    """The tenders the person watches, the next deadline first."""
    return (
        Tender.objects.filter(watches__person=person, watches__ended_at=None)
        .exclude(status=Tender.Status.DRAFT)
        .order_by("proposals_close_at", "reference")
    )


def to_remind_of_questions(at: datetime) -> QuerySet[Watch]:
    """Watches of people outside the fund whose tender's questions close within two days."""
    staff = Exists(Role.objects.filter(person=OuterRef("person"), ended_at=None))
    return Watch.objects.filter(
        ~staff,
        ended_at=None,
        person__is_active=True,
        tender__status=Tender.Status.PUBLISHED,
        tender__questions_close_at__gt=at,
        tender__questions_close_at__lte=at + REMIND_BEFORE,
    ).select_related("tender", "person")


def addresses_to_remind(at: datetime) -> QuerySet[AddressWatch]:
    """Confirmed addresses whose tender's questions close within two days, and that were not told so yet."""
    told_as_people = Watch.objects.filter(
        tender=OuterRef("tender"),
        person__email__iexact=OuterRef("address"),
        ended_at=None,
        person__is_active=True,
    )
    return (
        AddressWatch.objects.filter(
            ~Exists(told_as_people),
            confirmed_at__isnull=False,
            tender__status=Tender.Status.PUBLISHED,
            tender__questions_close_at__gt=at,
            tender__questions_close_at__lte=at + REMIND_BEFORE,
        )
        .exclude(reminded_of=F("tender__questions_close_at"), reminded_of__isnull=False)
        .select_related("tender")
    )
