"""A request to belong to an organisation that is here already."""

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse

from consortia.models.organisation import Organisation
from odifund.core.models import Person, Row, paired

WAITS = timedelta(days=3)
"""How long the organisation's own people have before an administrator may decide."""


class JoinRequest(Row):
    """Person P asks the people of organisation O to add them. Until then O shows P nothing."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where a request stands."""

        WAITING = "waiting", "Waiting for an answer"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Taken back"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="join_requests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="join_requests")
    words = models.CharField(max_length=300)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person"),
                condition=models.Q(status="waiting"),
                name="asks_once_to_join",
            ),
            paired("answered"),
        )

    def __str__(self) -> str:
        return f"{self.person} to join {self.organisation}"

    def get_absolute_url(self) -> str:
        """Its page, for who asked."""
        return reverse("consortia:request", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether it can still be answered."""
        return self.status == self.Status.WAITING

    @property
    def is_accepted(self) -> bool:
        """Whether somebody said yes."""
        return self.status == self.Status.ACCEPTED

    @property
    def decided_from(self) -> datetime:
        """From when an administrator may decide."""
        return self.asked_at + WAITS
