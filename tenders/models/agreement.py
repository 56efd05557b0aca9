"""That a member of a consortium agrees to what it is to do and be paid: its cost lines, and the price."""

import uuid

from django.db import models

from consortia.models import Member
from odifund.core.models import AppendOnly, Person, Row
from tenders.models.proposal import Proposal


class Agreement(AppendOnly, Row):
    """Member M agreed at this moment. It holds while M's lines are these; a later one takes its place."""

    audit_sealed = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="agreements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    price = models.DecimalField(max_digits=12, decimal_places=2)
    """Of the whole proposal, as it was then."""
    lines = models.JSONField()
    """The member's own, as they were then."""
    parts = models.JSONField()
    """A digest of each part of the proposal, by the name people know it by."""

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.member_id} agreed"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.proposal.tender_id
