"""That a reader approves the price of a proposal, as a finance officer does before a bid goes out."""

import uuid

from django.db import models

from odifund.core.models import AppendOnly, Person, Row
from tenders.models.proposal import Proposal


class Approval(AppendOnly, Row):
    """Reader R approved the price at this moment. It holds while the price is this one."""

    audit_sealed = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approvals")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()
    price = models.DecimalField(max_digits=12, decimal_places=2)
    """Of the whole proposal, without VAT."""
    parts = models.JSONField()
    """A digest of each part of the proposal, by the name people know it by."""

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.approved_by_id} approved {self.price}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.proposal.tender_id
