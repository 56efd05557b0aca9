"""A reminder that was given: the row that makes it one e-mail a person and moment, whoever sweeps."""

from django.db import models

from odifund.core.models.base import Row
from odifund.core.models.person import Person


class Reminder(Row):
    """Person P was reminded of X before (or after) its moment."""

    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    moment_at = models.DateTimeField()
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "subject_id", "person", "moment_at"), name="reminded_once_a_moment"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} to {self.person_id}"
