"""Mail that waits, is being sent, or was sent."""

import uuid

from django.db import models

from odifund.core.models.base import Row
from odifund.core.models.person import Person


class OutboxMessage(Row):
    """One mail to one address, once for each key. The words are emptied when it has been sent."""

    class State(models.TextChoices):
        """Where a mail stands."""

        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"

    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=80)
    address = models.EmailField(max_length=254)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    scope = models.UUIDField(null=True)
    sealed = models.BooleanField(default=False)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    is_private = models.BooleanField(default=False)
    """Whether its address is shown to nobody, whatever was opened."""
    leave = models.CharField(max_length=300, blank=True)
    """Where its reader leaves the list that it was sent to."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    queued_at = models.DateTimeField()
    try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "address"), name="mail_once_a_key_and_address"),
        )
        indexes = (
            models.Index(
                fields=("try_at",), condition=models.Q(state__in=("waiting", "claimed")), name="mail_to_send"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"

    @property
    def audit_scope(self) -> uuid.UUID | None:
        """Where its events belong."""
        return self.scope

    @property
    def audit_sealed(self) -> bool:
        """A mail about something sealed is sealed as that is."""
        return self.sealed

    @property
    def may_go_again(self) -> bool:
        """Whether it was given up and is of use still: a sign-in code is of none."""
        return self.state == self.State.FAILED and not self.kind.startswith("account/")
