"""What the people of a consortium say to each other about a section of their draft."""

import uuid

from django.db import models

from odifund.core.models import Person, Row, paired
from tenders.models.proposal import Proposal
from tenders.models.section import Section


class Comment(Row):
    """A comment. It is never submitted and nobody at the fund reads it, before the opening or after."""

    audit_sealed = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comments")
    section = models.ForeignKey(Section, models.PROTECT, related_name="comments")
    text = models.TextField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "id")
        constraints = (paired("settled"),)

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where it belongs."""
        return self.proposal.tender_id
