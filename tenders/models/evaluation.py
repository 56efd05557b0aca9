"""Who scores, what they declared, whether a proposal is eligible, and the scores themselves."""

import uuid

from django.db import models

from consortia.models import Organisation
from odifund.core.models import Person, Row, paired, settled
from tenders.models.criterion import Criterion
from tenders.models.proposal import Proposal
from tenders.models.tender import Tender


class Panellist(Row):
    """Person P is an evaluator or the moderator of this tender; a deputy stands in."""

    class Part(models.TextChoices):
        """What somebody does on the panel."""

        EVALUATOR = "evaluator", "Evaluator"
        MODERATOR = "moderator", "Moderator"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="panel")
    person = models.ForeignKey(Person, models.PROTECT, related_name="panels")
    part = models.CharField(max_length=10, choices=Part.choices)
    is_deputy = models.BooleanField(default=False)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("tender", "person", "part"), condition=models.Q(ended_at=None), name="panellist_once"
            ),
            paired("ended"),
        )

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.person_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id

    @property
    def is_evaluator(self) -> bool:
        """Whether this seat scores."""
        return self.part == self.Part.EVALUATOR


class Declaration(Row):
    """What a panellist declared about one organisation. A conflict blocks at once and is not taken back."""

    audit_sealed = True

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    conflict = models.BooleanField()
    text = models.TextField(blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        triggers = settled(conflict=True)
        constraints = (
            models.UniqueConstraint(fields=("tender", "person", "organisation"), name="declared_once"),
        )

    def __str__(self) -> str:
        return "conflict" if self.conflict else "no conflict"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Eligibility(Row):
    """Whether an opened proposal may be scored: fact-based pass or fail, with the reason.

    The check also draws the number that stands for the proposal in public: before any score is
    agreed, because it settles ties, and once for all.
    """

    audit_sealed = True

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="eligibilities")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="eligibility")
    public_number = models.PositiveSmallIntegerField()
    eligible = models.BooleanField()
    reason = models.TextField(blank=True)
    checked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tender", "public_number"), name="public_number_once"),
            models.CheckConstraint(
                condition=models.Q(eligible=True) | ~models.Q(reason=""), name="not_eligible_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return "eligible" if self.eligible else "not eligible"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Score(Row):
    """One evaluator's score of one criterion of one proposal. Hidden from others until all are locked."""

    audit_sealed = True

    class Status(models.TextChoices):
        """A score is locked with all others of its evaluator on its proposal."""

        DRAFT = "draft", "Not locked"
        LOCKED = "locked", "Locked"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    evaluator = models.ForeignKey(Person, models.PROTECT, related_name="scores")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    score = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    """The bidder will read this."""
    note = models.TextField(blank=True)
    """Only the panel and the auditor."""
    saved_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    class Meta:
        triggers = settled(status="locked")
        constraints = (
            models.UniqueConstraint(fields=("proposal", "criterion", "evaluator"), name="scored_once"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=5), name="score_0_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(status="draft") | (models.Q(score__isnull=False) & ~models.Q(reason="")),
                name="locked_scores_have_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.proposal.tender_id
