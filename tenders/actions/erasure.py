"""Erasing a person who asks for it: what points at them stays, and says nobody's name any more.

The chain of the trail holds keys and digests alone, so it stays whole; names and words beside it are
emptied, and `verify_audit` says of which events (docs/adr/0004). What was submitted or published stays
as it was: a receipt proves its bytes, and makers gave their names to be published.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Lower

from consortia.models import Invitation
from odifund.core import audit, devices
from odifund.core.errors import NotReady
from odifund.core.models import EventDetails, OutboxMessage, Person
from tenders.models import AddressWatch, ProblemReport, Tender

NAME = "Somebody who was erased"
ADDRESS_CHANGED = ("person.address_changed", "person.address_changed_for")
BEFORE = r"(?:(?<!\w)|(?<=\\[bfnrt]))"  # a line of a text in JSON begins after a letter
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
        known = _known_as(person)  # events say it, which are emptied next
        emptied = told_of(person).update(content=None, erased_at=at)
        _forget_addresses(person, known)
        _forget_subjects(known)
        devices.forget_all(person)
        Authenticator.objects.filter(user=person).delete()
        EmailAddress.objects.filter(user=person).delete()
        person.watches.all().delete()
        person.name, person.email, person.is_active = NAME, _nobody(person), False
        person.save()
        audit.record("person.erased", person, at=at, details={"events": emptied})
    return emptied


def told_of(person: Person) -> QuerySet[EventDetails]:
    """The words beside each event that they did, that is about them, or that says their names or addresses.

    Of a name that somebody else has or had too, that one's own events stay, unless they say it of another.
    """
    known = _known_as(person)
    by = Cast(Value("by"), TextField())
    others = Func(F("content"), by, template="(%(expressions)s)", arg_joiner=" - ")
    rows = EventDetails.objects.filter(erased_at=None).annotate(
        words=Cast("content", TextField()), beside_by=Cast(others, TextField())
    )
    says = Q(event__actor=person.pk) | Q(event__subject_id=str(person.pk))
    for address in known.addresses:
        says |= Q(words__iregex=_whole_address(_in_json(address)))
    for name in known.names:
        pattern, namesakes = _whole(_in_json(name)), _namesakes(name, person)
        by_them, about_them = Q(event__actor__in=namesakes), Q(event__subject_id__in=namesakes)
        says |= Q(words__regex=pattern) & ~about_them & (~by_them | Q(beside_by__regex=pattern))
    return rows.filter(says)


@dataclass(frozen=True)
class _Known:
    """What somebody is and was called, and where mail reached them.

    `passed_on` are former addresses with which somebody else signs in now, and until when they were theirs.
    """

    names: frozenset[str]
    addresses: frozenset[str]
    passed_on: Mapping[str, datetime]


def _known_as(person: Person) -> _Known:
    """As they are called now, and as their own events say that they were."""
    told = EventDetails.objects.filter(content__isnull=False)
    about = told.filter(event__subject_id=str(person.pk))
    renamed = about.filter(event__name="person.renamed")
    moved = about.filter(event__name__in=ADDRESS_CHANGED).order_by("event_id")
    names: set[str | None] = {person.name}
    for rows, word in ((told.filter(event__actor=person.pk), "by"), (about, "person"), (renamed, "before")):
        names |= set(rows.values_list(f"content__{word}", flat=True))
    left = {str(address): at for address, at in moved.values_list("content__before", "event__at")}
    others = Person.objects.exclude(pk=person.pk).annotate(address=Lower("email"))
    taken = set(others.filter(address__in=left).values_list("address", flat=True))
    return _Known(
        names=frozenset(name for name in names if name and name.strip()),
        addresses=frozenset({person.email.lower(), *left} - taken),
        passed_on={address: left[address] for address in taken},
    )


def _namesakes(name: str, person: Person) -> list[str]:
    """Who else is called so, or was."""
    renamed = EventDetails.objects.filter(event__name="person.renamed")
    were = renamed.filter(Q(content__before=name) | Q(content__person=name)).values_list("event__subject_id")
    others = Person.objects.exclude(pk=person.pk)
    keys = [*others.filter(name=name).values_list("pk"), *were]
    return [str(key) for (key,) in keys if str(key) != str(person.pk)]


def _in_json(words: str) -> str:
    """As the words stand between the quotes of a text in JSON."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _whole(words: str) -> str:
    """PostgreSQL's pattern for these as whole words: Ann is not in Annex, and Jr. may end on its stop."""
    return rf"{BEFORE}{re.escape(words)}(?!\w)"


def _whole_address(address: str) -> str:
    """The pattern for an address that is no part of another one, at the end of a sentence too."""
    return rf"{BEFORE}(?<![.+%-]){re.escape(address)}(?!-|\.?\w)"


def _forget_addresses(person: Person, known: _Known) -> None:
    mails = Q(person=person) | Q(address__iexact=person.email)
    for address in known.addresses:
        mails |= Q(address__iexact=address, person=None)
    for address, until in known.passed_on.items():
        mails |= Q(address__iexact=address, person=None, queued_at__lte=until)
    OutboxMessage.objects.filter(mails).delete()
    for address in known.addresses:
        AddressWatch.objects.filter(address__iexact=address).delete()
        Invitation.objects.filter(email__iexact=address).update(email=_nobody(person))
        ProblemReport.objects.filter(reach__iregex=_whole_address(address)).update(reach="")


def _forget_subjects(known: _Known) -> None:
    """What a mail was about is read by nobody once it was sent, and may say who did something."""
    sent = OutboxMessage.objects.filter(state=OutboxMessage.State.SENT)
    for name in known.names:
        sent.filter(subject__regex=_whole(name)).update(subject="")


def _nobody(person: Person) -> str:
    """An address that reaches nobody (RFC 2606), a different one for each."""
    return f"{person.pk}@erased.invalid"
