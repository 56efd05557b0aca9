"""Inviting an organisation to a consortium. The key is returned once, to be mailed, and stored hashed."""

import secrets
from datetime import datetime

from django.db import transaction

from consortia import access
from consortia.actions import consortium as consortia
from consortia.lifecycle import INVITATION
from consortia.models import Consortium, Invitation, Member, Organisation
from odifund.core import audit
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Person


def invite(
    consortium: Consortium, *, organisation_name: str, email: str, by: Person, at: datetime
) -> tuple[Invitation, str]:
    """Invite an organisation by somebody's address: the invitation, and the key for their mail."""
    if not access.leads(by, consortium):
        raise WrongPerson("Only the people named for the lead invite organisations.")
    email, key = email.strip().lower(), secrets.token_urlsafe(24)
    with transaction.atomic():
        Consortium.objects.select_for_update().get(pk=consortium.pk)
        if consortium.invitations.filter(email__iexact=email, status=Invitation.Status.SENT).exists():
            raise NotReady([f"An invitation to {email} is already waiting. Withdraw it to send another."])
        invitation = Invitation.objects.create(
            consortium=consortium,
            organisation_name=organisation_name.strip(),
            email=email,
            key_digest=access.key_digest(key),
            invited_by=by,
            invited_at=at,
        )
        details = {"consortium": str(consortium), "address": email}
        audit.record("invitation.sent", invitation, by=by, at=at, details=details)
    return invitation, key


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
        invitation.answered_by, invitation.answered_at = by, at


def withdraw(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an unanswered invitation back; its key then opens nothing."""
    with INVITATION.take("withdraw", invitation, by=by, at=at):
        pass


def _only_its_holder(invitation: Invitation, key: str, by: Person) -> None:
    if not access.holds_invitation(by, invitation, key):
        raise WrongPerson("This invitation was sent to somebody else.")
