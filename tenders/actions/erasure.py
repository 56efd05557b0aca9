"""Erasing a person who asks for it: what points at them stays, and says nobody's name any more.

The chain of the trail holds keys and digests alone, so it stays whole; names and words beside it are
emptied, and `verify_audit` says of which events (docs/adr/0004). What was submitted or published stays
as it was: a receipt proves its bytes, and makers gave their names to be published.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from consortia.models import Invitation
from odifund.core import audit, devices
from odifund.core.errors import NotReady
from odifund.core.models import EventDetails, OutboxMessage, Person
from tenders.models import AddressWatch, ProblemReport, Tender

NAME = "Somebody who was erased"
OVER = (Tender.Status.FINISHED, Tender.Status.CANCELLED)


def stands_in_the_way(person: Person) -> Iterator[str]:
    """Why they cannot be erased yet, in sentences: whoever still acts is somebody."""
    for role in person.role_set.filter(ended_at=None).order_by("role"):
        yield f"They hold the role of {role.role}. End it first."
    consortia = person.namings.filter(ended_at=None).values("member__consortium")
    going_on = Tender.objects.exclude(status__in=OVER)
    for tender in going_on.filter(proposals__consortium__in=consortia).distinct():
        yield f"They are named on a proposal in {tender.reference}, which goes on."
    for seat in person.panels.filter(ended_at=None).exclude(tender__status__in=OVER).select_related("tender"):
        yield f"They are on the panel of {seat.tender.reference}, which goes on."


def erase(person: Person, *, at: datetime) -> int:
    """Empty what says who they are, for good; how many events lost their words. NotReady says what stops."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        if reasons := list(stands_in_the_way(person)):
            raise NotReady(reasons)
        emptied = told_of(person).update(content=None, erased_at=at)
        _forget_address(person)
        devices.forget_all(person)
        Authenticator.objects.filter(user=person).delete()
        EmailAddress.objects.filter(user=person).delete()
        person.watches.all().delete()
        person.name, person.email, person.is_active = NAME, _nobody(person), False
        person.save()
        audit.record("person.erased", person, at=at, details={"events": emptied})
    return emptied


def told_of(person: Person) -> QuerySet[EventDetails]:
    """The words beside each event that they did, that is about them, or that says their name or address."""
    rows = EventDetails.objects.filter(erased_at=None).annotate(words=Cast("content", TextField()))
    says = Q(words__icontains=person.email)
    if person.name.strip():
        says |= Q(words__regex=rf"\m{re.escape(person.name)}\M")  # as whole words: Ann is not in Annex
    return rows.filter(says | Q(event__actor=person.pk) | Q(event__subject_id=str(person.pk)))


def _forget_address(person: Person) -> None:
    OutboxMessage.objects.filter(Q(person=person) | Q(address__iexact=person.email)).delete()
    AddressWatch.objects.filter(address__iexact=person.email).delete()
    Invitation.objects.filter(email__iexact=person.email).update(email=_nobody(person))
    ProblemReport.objects.filter(reach__icontains=person.email).update(reach="")


def _nobody(person: Person) -> str:
    """An address that reaches nobody (RFC 2606), a different one for each."""
    return f"{person.pk}@erased.invalid"
