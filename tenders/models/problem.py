"""A problem that somebody reported: from any page, signed in or not."""

import uuid

from django.db import models

from odifund.core.models import Row
from tenders.models.tender import Tender


class ProblemReport(Row):
    """What somebody wrote, when and about which page. Who it was is not kept, unless they say it."""

    number = models.CharField(max_length=8, unique=True)
    tender = models.ForeignKey(Tender, models.PROTECT, null=True, related_name="problem_reports")
    page = models.CharField(max_length=300, blank=True)
    """The path, without keys: whose proposal it was is under the seal."""
    words = models.TextField()
    reach = models.CharField(max_length=254, blank=True)
    """How to reach them, where they left it."""
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ("-reported_at",)

    def __str__(self) -> str:
        return f"problem {self.number}"

    @property
    def audit_scope(self) -> uuid.UUID | None:
        """Where its events belong."""
        return self.tender_id
