"""When the portal could take proposals: a row a span, made longer by each canary."""

from django.db import models


class OpenSpan(models.Model):
    """From one moment to the other the canary was written without a gap; between two spans it was away."""

    began_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        ordering = ("began_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_at__gte=models.F("began_at")), name="span_ends_after_it_began"
            ),
        )
        indexes = (models.Index(fields=("last_at",)),)

    def __str__(self) -> str:
        return "when the portal was open"
