"""Inviting an organisation to a consortium. The key is returned once, to be mailed, and stored hashed."""

import secrets
from datetime import datetime

from django.db import transaction

from consortia import access
from consortia.actions import consortium as consortia
from consortia.lifecycle import INVITATION
from consortia.models import LASTS, Consortium, Invitation, Member, Organisation
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from odifund.core.wording import moment


def invite(
    consortium: Consortium,
    *,
    organisation_name: str,
    email: str,
    by: Person,
    at: datetime,
    until: datetime | None = None,
) -> tuple[Invitation, str]:
    """Invite an organisation by somebody's address: the invitation, and the key for their mail.

    It lasts 14 days, and not longer than `until`.
    """
    if not access.leads(by, consortium):
        raise WrongPerson("Only the people named for the lead invite organisations.")
    email, key = email.strip().lower(), secrets.token_urlsafe(24)
    with transaction.atomic():
        _only_one_waits(consortium, email)
        invitation = Invitation.objects.create(
            consortium=consortium,
            organisation_name=organisation_name.strip(),
            email=email,
            key_digest=access.key_digest(key),
            invited_by=by,
            invited_at=at,
            sent_at=at,
            expires_at=_lasts_until(at, until),
        )
        details = {"consortium": str(consortium), "address": email}
        audit.record("invitation.sent", invitation, by=by, at=at, details=details)
    return invitation, key


def resend(invitation: Invitation, *, by: Person, at: datetime, until: datetime | None = None) -> str:
    """Send it anew with a new key, which is returned; the old one opens nothing any more."""
    key = secrets.token_urlsafe(24)
    details = {"consortium": str(invitation.consortium)}
    with INVITATION.take("resend", invitation, by=by, at=at, details=details):
        _only_one_waits(invitation.consortium, invitation.email, but=invitation)
        invitation.key_digest = access.key_digest(key)
        invitation.sent_at, invitation.expires_at = at, _lasts_until(at, until)
    return key


def expire(invitation: Invitation, *, at: datetime) -> None:
    """Its time has passed without an answer."""
    with INVITATION.take("expire", invitation, at=at):
        pass


def _lasts_until(at: datetime, until: datetime | None) -> datetime:
    return min(at + LASTS, until or at + LASTS)


def _only_one_waits(consortium: Consortium, email: str, *, but: Invitation | None = None) -> None:
    Consortium.objects.select_for_update().get(pk=consortium.pk)
    waiting = consortium.invitations.filter(email__iexact=email, status=Invitation.Status.SENT)
    others = waiting.exclude(pk=but.pk) if but else waiting
    if others.exists():
        raise NotReady([f"An invitation to {email} is already waiting. Send that one again, or withdraw it."])


def accept(
    invitation: Invitation, *, key: str, organisation: Organisation, by: Person, at: datetime
) -> Member:
    """Join with one of the person's organisations; they become its first named person."""
    _only_its_holder(invitation, key, by)
    if not access.speaks_for(by, organisation):
        raise WrongPerson("You can only join with an organisation you belong to.")
    consortium = invitation.consortium
    details = {"organisation": str(organisation), "consortium": str(consortium)}
    facts = {"organisation": organisation.pk}
    with INVITATION.take("accept", invitation, by=by, at=at, facts=facts, details=details):
        _still_stands(invitation, key, by, at)
        Consortium.objects.select_for_update().get(pk=consortium.pk)
        if consortium.members.filter(organisation=organisation, left_at=None).exists():
            raise NotReady([f"{organisation} is already in this consortium. Choose another organisation."])
        invitation.member = consortia.join(consortium, organisation, by=by, at=at)
        invitation.answered_by, invitation.answered_at = by, at
    return invitation.member


def decline(invitation: Invitation, *, key: str, by: Person, at: datetime) -> None:
    """Say no."""
    _only_its_holder(invitation, key, by)
    details = {"consortium": str(invitation.consortium)}
    with INVITATION.take("decline", invitation, by=by, at=at, details=details):
        _still_stands(invitation, key, by, at)
        invitation.answered_by, invitation.answered_at = by, at


def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an unanswered invitation back; its key then opens nothing."""
    with INVITATION.take("withdraw", invitation, by=by, at=at):
        pass


def _still_stands(invitation: Invitation, key: str, by: Person, at: datetime) -> None:
    """Under the lock: its time has not passed, and no new key was sent meanwhile."""
    _only_its_holder(invitation, key, by)
    if at >= invitation.expires_at:
        message = f"It could be answered until {moment(invitation.expires_at)}. Ask for a new one."
        raise MovedOn(message, heading="This invitation has expired")


def _only_its_holder(invitation: Invitation, key: str, by: Person) -> None:
    if not access.answers_invitation(by, invitation, key):
        asked = f"Ask {invitation.invited_by} to invite you at your own address."
        raise WrongPerson(f"This invitation was sent to an address of another organisation. {asked}")
