"""Notices to everybody, and who watches a tender."""

import uuid

from django.db import models

from odifund.core.models import Person, Row
from tenders.models.tender import Tender


class Notice(Row):
    """An announcement on a tender's page, mailed to everyone watching."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="notices")
    title = models.CharField(max_length=160)
    text = models.TextField()
    changes = models.JSONField(default=list)
    """What changed with it: `what`, `before` and `after`, in words."""
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("-published_at",)

    def __str__(self) -> str:
        return self.title

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Watch(Row):
    """Person P is told of what happens to tender T. Sealed: who watches may be about to propose."""

    audit_sealed = True

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="watches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="watches")
    since_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "person"), condition=models.Q(ended_at=None), name="watches_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} watches {self.tender_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
