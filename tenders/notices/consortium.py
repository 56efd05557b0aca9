"""Mails among the people of a consortium. Each names the proposal's lead and tender in its subject."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from consortia import queries as parties
from consortia.models import Consortium, Invitation, Member, NamedPerson
from odifund.core import mail
from odifund.core.models import Person
from tenders.models import Tender


def invited(invitation: Invitation, tender: Tender, key: str, *, at: datetime) -> None:
    """The invitation with its key, to the address it was made for."""
    mail.queue(
        "tenders/invitation_sent",
        key=f"tenders/invitation_sent:{invitation.pk}:{invitation.sent_at.isoformat()}",
        to=[invitation.email],
        at=at,
        context={
            "invitation": invitation,
            "consortium": invitation.consortium,
            "tender": tender,
            "link": f"{invitation.get_absolute_url()}?key={key}",
        },
        about=invitation,
    )


def accepted(invitation: Invitation, tender: Tender, *, at: datetime) -> None:
    """Somebody joined: to everybody named but who accepted."""
    assert invitation.answered_by
    others = parties.people_named_in(invitation.consortium).exclude(pk=invitation.answered_by.pk)
    about = {"invitation": invitation}
    _tell("invitation_accepted", invitation.pk, others, invitation.consortium, tender, at, **about)


def declined(invitation: Invitation, tender: Tender, *, at: datetime) -> None:
    """Somebody said no: to the lead's people."""
    _tell_lead("invitation_declined", invitation.pk, invitation.consortium, tender, at, invitation=invitation)


def expired(invitation: Invitation, tender: Tender, *, at: datetime) -> None:
    """Nobody answered in time: to the lead's people."""
    about = f"{invitation.pk}:{invitation.sent_at.isoformat()}"  # it may be sent again, and expire again
    _tell_lead("invitation_expired", about, invitation.consortium, tender, at, invitation=invitation)


def left(member: Member, tender: Tender, to: Iterable[Person], *, by: Person, at: datetime) -> None:
    """A member left: to those who were named before, its own people too."""
    _tell("member_left", member.pk, to, member.consortium, tender, at, member=member, by=by)


def named(naming: NamedPerson, tender: Tender, *, at: datetime) -> None:
    """Somebody was named, who is told."""
    _tell_of(naming, "person_named", [naming.person], tender, at)


def part_given(naming: NamedPerson, tender: Tender, *, by: Person, at: datetime) -> None:
    """Somebody named does another part from now on, who is told."""
    _tell_of(naming, "part_given", [naming.person], tender, at, by=by)


def can_submit(naming: NamedPerson, tender: Tender, *, by: Person, at: datetime) -> None:
    """Somebody can submit from now on: to the lead's other people."""
    others = parties.people_of_the_lead(naming.member.consortium).exclude(pk=naming.person_id)
    _tell_of(naming, "person_can_submit", others, tender, at, by=by)


def _tell_of(
    naming: NamedPerson, what: str, to: Iterable[Person], tender: Tender, at: datetime, **context: Any
) -> None:
    consortium = naming.member.consortium
    mail.queue(
        f"tenders/{what}",
        key=f"tenders/{what}:{naming.pk}:{at.isoformat()}",
        to=to,
        at=at,
        context={"naming": naming, "consortium": consortium, "tender": tender, **context},
        about=consortium,
    )


def _tell_lead(
    what: str, pk: object, consortium: Consortium, tender: Tender, at: datetime, **context: Any
) -> None:
    _tell(what, pk, parties.people_of_the_lead(consortium), consortium, tender, at, **context)


def _tell(
    what: str,
    pk: object,
    to: Iterable[Person],
    consortium: Consortium,
    tender: Tender,
    at: datetime,
    **context: Any,
) -> None:
    mail.queue(
        f"tenders/{what}",
        key=f"tenders/{what}:{pk}",
        to=to,
        at=at,
        context={
            "consortium": consortium,
            "tender": tender,
            **context,
        },
        about=consortium,
    )
