"""Taking part in a tender with a consortium: consortia's moves, while proposals can still be submitted.

The consortia app keeps the rows and knows no tender. Here stands until when the members may
change, and who is told. People may be named at any time: colleagues come and go during delivery.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from consortia.actions import consortium as consortia
from consortia.actions import invitation as invitations
from consortia.models import Consortium, Invitation, Member, NamedPerson, Organisation
from consortia.queries import people_named_in
from odifund.core import access as people
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions import proposal as proposals
from tenders.models import Proposal, Tender
from tenders.notices import consortium as notices
from tenders.queries.consortium import tender_of

WORKS = NamedPerson.Part.WORKS


@contextmanager
def _while_open(tender: Tender) -> Iterator[datetime]:
    """One transaction under the tender's lock, if its proposals have not closed by then."""
    with transaction.atomic():
        moment = locks.shared(tender)
        if not tender.is_published or tender.closes_at is None:
            raise MovedOn("This tender is not published yet.")
        if not tender.accepts_proposals(moment):
            raise TooLate(
                "Proposals have closed, so the consortia of this tender can no longer change.",
                deadline=tender.closes_at,
                judged_at=moment,
                kept="Nothing was changed.",
            )
        yield moment


def _only_from_outside(by: Person, tender: Tender) -> None:
    if not access.takes_part(by, tender):
        raise WrongPerson("You work for the fund, so you do not take part in its tenders.")


def _only_who_takes_part(person: Person, tender: Tender) -> None:
    """Who runs the tender is not drawn to a bidder's side: it would shut them out of their own work."""
    if access.takes_part(person, tender):
        return
    if tender.is_for_staff_alone:
        raise NotReady([f"This is a practice of the fund, and {person} does not work for it."])
    raise NotReady([f"{person} works for the fund, so they are not named in its tenders."])


def form(tender: Tender, *, lead: Organisation, name: str, by: Person) -> Consortium:
    """Form a consortium for the tender, led by one of the person's organisations."""
    _only_from_outside(by, tender)
    with _while_open(tender) as moment:
        _only_once(tender, lead)
        return consortia.form(name=name, lead=lead, formed_for=tender.pk, by=by, at=moment)


def _only_once(tender: Tender, organisation: Organisation) -> None:
    """Where the tender lets an organisation be in one consortium only. Which other it is in is not told.

    Its row is held, so that of two who join with it at once the second finds the first.
    """
    if not tender.one_consortium_each:
        return
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    there = organisation.memberships.filter(consortium__formed_for=tender.pk, left_at=None)
    if there.exists():
        already = f"{organisation} takes part in this tender already, and the tender lets it do so once."
        raise NotReady([f"{already} Ask your colleagues, or ring us."])


def take_part(tender: Tender, *, lead: Organisation, name: str, title: str, by: Person) -> Proposal:
    """Form a consortium and begin its proposal: all or nothing."""
    _only_from_outside(by, tender)
    with _while_open(tender) as moment:
        _only_once(tender, lead)
        formed = consortia.form(name=name, lead=lead, formed_for=tender.pk, by=by, at=moment)
        return proposals.start(tender, formed, title=title, by=by, at=moment)


def rename(consortium: Consortium, *, name: str, by: Person) -> None:
    """Give the consortium another name."""
    with _while_open(tender_of(consortium)) as moment:
        consortia.rename(consortium, name=name, by=by, at=moment)


def invite(consortium: Consortium, *, organisation_name: str, email: str, by: Person) -> Invitation:
    """Invite an organisation; its mail carries the only copy of the key."""
    tender = tender_of(consortium)
    if tender.is_for_staff_alone and not people.staff().filter(email__iexact=email).exists():
        raise NotReady(
            ["This is a practice. Invite somebody of the fund’s staff, by the address they sign in with."]
        )
    with _while_open(tender) as moment:
        invitation, key = invitations.invite(
            consortium,
            organisation_name=organisation_name,
            email=email,
            by=by,
            at=moment,
            until=tender.closes_at,
        )
        notices.invited(invitation, tender, key, at=moment)
    return invitation


def resend(invitation: Invitation, *, by: Person) -> None:
    """Send an invitation again, with a new key; the mail before it leads nowhere."""
    tender = tender_of(invitation.consortium)
    with _while_open(tender) as moment:
        key = invitations.resend(invitation, by=by, at=moment, until=tender.closes_at)
        notices.invited(invitation, tender, key, at=moment)


def expire(invitation: Invitation, *, at: datetime) -> None:
    """Nobody answered in time; the lead's people are told, while they can still invite."""
    tender = tender_of(invitation.consortium)
    with transaction.atomic():
        invitations.expire(invitation, at=at)
        if tender.accepts_proposals(at):
            notices.expired(invitation, tender, at=at)


def accept(invitation: Invitation, *, key: str, organisation: Organisation, by: Person) -> Member:
    """Join the consortium; the lead's people are told."""
    tender = tender_of(invitation.consortium)
    _only_from_outside(by, tender)
    with _while_open(tender) as moment:
        _only_once(tender, organisation)
        member = invitations.accept(invitation, key=key, organisation=organisation, by=by, at=moment)
        notices.accepted(invitation, tender, at=moment)
    return member


def decline(invitation: Invitation, *, key: str, by: Person, at: datetime) -> None:
    """Say no; the lead's people are told."""
    with transaction.atomic():
        invitations.decline(invitation, key=key, by=by, at=at)
        tender = tender_of(invitation.consortium)
        notices.declined(invitation, tender, at=at)


def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an unanswered invitation back."""
    invitations.withdraw(invitation, by=by, at=at)


def name_person(member: Member, person: Person, *, by: Person, at: datetime, part: str = WORKS) -> None:
    """Name a colleague, who is told; of one who can submit, the others of the lead too."""
    with transaction.atomic():
        tender = tender_of(member.consortium)
        _only_who_takes_part(person, tender)
        naming = consortia.name_person(member, person, part=part, by=by, at=at)
        notices.named(naming, tender, at=at)
        if naming.submits:
            notices.can_submit(naming, tender, by=by, at=at)


def give_part(naming: NamedPerson, part: str, *, by: Person, at: datetime) -> None:
    """Let somebody named do another part; they are told, and of one who can submit the lead's others."""
    with transaction.atomic():
        if consortia.give_part(naming, part, by=by, at=at):
            naming.refresh_from_db()
            tender = tender_of(naming.member.consortium)
            notices.part_given(naming, tender, by=by, at=at)
            if naming.submits:
                notices.can_submit(naming, tender, by=by, at=at)


def unname_person(member: Member, person: Person, *, by: Person, at: datetime) -> None:
    """Take a colleague off."""
    consortia.unname_person(member, person, by=by, at=at)


def leave(member: Member, *, by: Person) -> None:
    """Leave the consortium, or take a member out; all its people and the member's are told.

    A submitted proposal still names the member.
    """
    tender = tender_of(member.consortium)
    with _while_open(tender) as moment:
        told = list(people_named_in(member.consortium).exclude(pk=by.pk))
        consortia.leave(member, by=by, at=moment)
        notices.left(member, tender, told, by=by, at=moment)
