"""An invitation to join a consortium, sent to an e-mail address."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse

from consortia.models.consortium import Consortium, Member
from odifund.core.models import Person, Row, paired

LASTS, BETWEEN = timedelta(days=14), timedelta(hours=1)
"""How long an invitation can be answered, and how long it is until it may be sent again."""


class Invitation(Row):
    """Consortium C invites the organisation behind an address. The mailed key is stored hashed."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where an invitation stands."""

        SENT = "sent", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPIRED = "expired", "Expired"

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="invitations")
    organisation_name = models.CharField(max_length=160)
    email = models.EmailField(max_length=254)
    key_digest = models.CharField(max_length=64, unique=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.SENT)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    member = models.OneToOneField(Member, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints = (paired("answered"),)

    def __str__(self) -> str:
        return self.organisation_name

    def get_absolute_url(self) -> str:
        """The page where it is answered; the tenders app draws it, which knows what it is for."""
        return reverse("tenders:invitation", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be answered."""
        return self.status == self.Status.SENT

    @property
    def is_expired(self) -> bool:
        """Whether nobody answered in time."""
        return self.status == self.Status.EXPIRED

    @property
    def may_go_again(self) -> bool:
        """Whether it can be sent anew: while it waits, or when nobody answered in time."""
        return self.is_waiting or self.is_expired

    def has_lapsed(self, at: datetime) -> bool:
        """Whether its time has passed, marked by the clock already or not."""
        return self.is_expired or (self.is_waiting and at >= self.expires_at)

    @property
    def sent_again_from(self) -> datetime:
        """From when it may be sent again."""
        return self.sent_at + BETWEEN

    @property
    def is_accepted(self) -> bool:
        """Whether somebody joined with it."""
        return self.status == self.Status.ACCEPTED

    @property
    def is_declined(self) -> bool:
        """Whether somebody said no."""
        return self.status == self.Status.DECLINED

    @property
    def domain(self) -> str:
        """Where it was sent to: pattern-post.example.org."""
        return self.email.rpartition("@")[2].lower()

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.consortium.formed_for
