"""What went wrong while a tender was open, and who noticed it."""

import uuid

from django.db import models

from odifund.core.models import AppendOnly, Person, Row
from tenders.models.tender import Tender


class Incident(AppendOnly, Row):
    """An entry of a tender's incident log. It never changes: a later entry corrects or continues it."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="incidents")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """None while it goes on."""
    noticed_by = models.CharField(max_length=160)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="incident_number_once"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("began_at")),
                name="incident_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"incident {self.number}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
