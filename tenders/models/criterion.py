"""What proposals are judged by: criteria with weights, and what each score from 0 to 5 means."""

from django.db import models

from odifund.core.models import Row, frozen_with
from tenders.models.tender import Tender

FROZEN = frozen_with("tenders_tender", "tender_id", unless="status = 'draft' AND publish_at IS NULL")
"""What proposals are judged by stays as two people confirmed it."""


class Criterion(Row):
    """One published criterion. The weights of a tender add to 100."""

    class Kind(models.TextChoices):
        """What it judges: how good it is, or what it gives for its money."""

        QUALITY = "quality", "Quality"
        VALUE = "value", "Value"

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="criteria")
    order = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=100)
    guidance = models.TextField(blank=True)
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.QUALITY)
    weight = models.PositiveSmallIntegerField()
    least_score = models.PositiveSmallIntegerField(null=True, blank=True)
    """An agreed score below it keeps a proposal from an award, whatever its total; none is needed."""

    class Meta:
        ordering = ("order",)
        triggers = FROZEN
        constraints = (
            models.UniqueConstraint(fields=("tender", "code"), name="criterion_code_once"),
            models.CheckConstraint(condition=models.Q(weight__gt=0, weight__lte=100), name="weight_1_to_100"),
            models.CheckConstraint(
                condition=models.Q(least_score=None) | models.Q(least_score__gte=1, least_score__lte=5),
                name="least_score_1_to_5",
            ),
        )

    def __str__(self) -> str:
        return self.title


class ScaleStep(Row):
    """What a score means in this tender."""

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="scale")
    score = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300)

    class Meta:
        ordering = ("score",)
        triggers = FROZEN
        constraints = (
            models.UniqueConstraint(fields=("tender", "score"), name="scale_step_once"),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=5), name="scale_0_to_5"),
        )

    def __str__(self) -> str:
        return f"{self.score}: {self.name}"
