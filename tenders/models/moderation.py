"""Moderation: the panel agrees one score for each criterion, with a reason."""

import uuid

import pgtrigger
from django.db import models

from odifund.core.models import Person, Row, paired, settled
from tenders.models.criterion import Criterion
from tenders.models.proposal import Proposal


class Moderation(Row):
    """The panel's work on one proposal. It starts when all scores on it are locked."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where it stands."""

        STARTED = "started", "Being agreed"
        AGREED = "agreed", "Agreed"

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="moderation")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.STARTED)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        triggers = settled(status="agreed")
        constraints = (paired("agreed"),)

    def __str__(self) -> str:
        return f"moderation of {self.proposal_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.proposal.tender_id


SETTLED = """
IF EXISTS (SELECT 1 FROM tenders_moderation WHERE id = OLD.moderation_id AND status = 'agreed') THEN
    RAISE EXCEPTION 'agreed scores do not change any more';
END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW;
"""


class AgreedScore(Row):
    """The one score the panel agreed on, and why."""

    moderation = models.ForeignKey(Moderation, models.PROTECT, related_name="agreed_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="agreed_scores")
    score = models.PositiveSmallIntegerField()
    reason = models.TextField()
    """The bidder will read this."""
    note = models.TextField(blank=True)
    """Only the panel and the auditor."""
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        triggers = (
            pgtrigger.Trigger(
                name="settled",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=SETTLED,
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("moderation", "criterion"), name="agreed_once"),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=5), name="agreed_0_to_5"),
        )

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score}"

    @property
    def stamp(self) -> str:
        """What tells this saving from a later one by somebody else."""
        return self.saved_at.isoformat()
