"""What a proposal must say (sections), and what a contract will owe (deliverables)."""

from django.db import models

from odifund.core.models import Row
from tenders.models.criterion import Criterion
from tenders.models.tender import Tender


class Section(Row):
    """One text a proposal has to answer with."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    guidance = models.TextField(blank=True)
    word_limit = models.PositiveSmallIntegerField()
    required = models.BooleanField(default=True)
    criterion = models.ForeignKey(Criterion, models.SET_NULL, null=True, blank=True, related_name="sections")

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.title


class OwedDeliverable(Row):
    """A deliverable each contract of this tender will owe, with its due moment and payment."""

    class Kind(models.TextChoices):
        """itt.md: what the consortia owe."""

        WORKSHOP = "workshop", "Kick-off workshop"
        BLOG = "blog", "Set-up blog"
        HALFWAY = "halfway", "Halfway review"
        REPORT = "report", "Report"
        PATTERN = "pattern", "Design patterns, artefacts or learning tools"
        DATA = "data", "Released data"

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="owed")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True)
    at_least = models.PositiveSmallIntegerField(default=1)
    payment_percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=("tender", "kind"), name="owed_kind_once"),
            models.CheckConstraint(condition=models.Q(payment_percent__lte=100), name="payment_at_most_100"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_event(self) -> bool:
        """A day on which people meet, not a moment by which something is due."""
        return self.kind == self.Kind.WORKSHOP
