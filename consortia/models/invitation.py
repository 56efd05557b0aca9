"""An invitation to join a consortium, sent to an e-mail address."""

import uuid

from django.db import models

from consortia.models.consortium import Consortium, Member
from odifund.core.models import Person, Row, paired


class Invitation(Row):
    """Consortium C invites the organisation behind an address. The mailed key is stored hashed."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where an invitation stands."""

        SENT = "sent", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="invitations")
    organisation_name = models.CharField(max_length=160)
    email = models.EmailField(max_length=254)
    key_digest = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.SENT)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints = (paired("answered"),)

    def __str__(self) -> str:
        return self.organisation_name

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.consortium.formed_for
