"""A late attempt that two people admit because the portal, not the bidder, was late."""

import uuid

from django.db import models

from odifund.core.models import Person, Row, paired, settled
from tenders.models.incident import Incident
from tenders.models.version import LateAttempt, Version


class Admission(Row):
    """One person proposes to admit an attempt, for an incident on record, and another confirms it."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "Being decided"
        ADMITTED = "admitted", "Admitted"

    attempt = models.OneToOneField(LateAttempt, models.PROTECT, related_name="admission")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PROPOSED)
    reason = models.TextField()
    """Why the portal was at fault."""
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    admitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    admitted_at = models.DateTimeField(null=True)
    version = models.OneToOneField(Version, models.PROTECT, null=True, related_name="admission")

    class Meta:
        triggers = settled(status="admitted")
        constraints = (
            paired("admitted"),
            models.CheckConstraint(
                condition=models.Q(admitted_by=None) | ~models.Q(admitted_by=models.F("prepared_by")),
                name="admitted_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"late attempt of {self.attempt.seen_at:%H:%M:%S}"

    @property
    def is_admitted(self) -> bool:
        """Whether two people admitted it."""
        return self.status == self.Status.ADMITTED

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.attempt.tender_id
