"""The decision: which proposals are awarded, inside the pot, proposed by one and approved by another."""

import uuid

from django.db import models

from odifund.core.models import Person, Row, paired, settled
from tenders.models.proposal import Proposal
from tenders.models.tender import Tender


class Decision(Row):
    """The awards of one tender, with a reason where they depart from the published rule."""

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Being prepared"
        APPROVED = "approved", "Approved"

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="decision")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    chosen = models.JSONField(default=list)
    """Keys of the proposals to award, best first. Awards are made when it is approved, not before."""
    departure_reason = models.TextField(blank=True)
    no_award_reason = models.TextField(blank=True)
    """Why nothing is awarded: published, and sent to every bidder. Empty where something is."""
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    results = models.JSONField(null=True)
    """Frozen at approval: a row a proposal, with its random public number, scores, total, rank."""

    class Meta:
        triggers = settled(status="approved")
        constraints = (
            paired("approved"),
            models.CheckConstraint(
                condition=models.Q(status="draft")
                | (models.Q(chosen=[]) & ~models.Q(no_award_reason=""))
                | (~models.Q(chosen=[]) & models.Q(no_award_reason="")),
                name="awards_or_the_reason_for_none",
            ),
        )

    def __str__(self) -> str:
        return f"decision on {self.tender_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Award(Row):
    """One proposal of the decision; its price is that of the standing version."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award")
    price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        triggers = settled()

    def __str__(self) -> str:
        return f"award to {self.proposal_id}"
