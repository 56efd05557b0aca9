"""Ending a tender before its decision: withdrawn while it is open, cancelled after proposals closed."""

import uuid

from django.db import models

from odifund.core.models import Person, Row
from tenders.models.tender import Tender


class Cancellation(Row):
    """Why a tender ends without a decision. One person writes it, another confirms exactly that."""

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.tender)

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
