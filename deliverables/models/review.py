"""A review of what was delivered: accepted, or returned with comments."""

from django.db import models

from deliverables.models.deliverable import Delivery
from odifund.core.models import Person, Row


class Review(Row):
    """Staff's answer to one delivery."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="review")
    accepted = models.BooleanField()
    comments = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(accepted=True) | ~models.Q(comments=""), name="returned_with_comments"
            ),
        )

    def __str__(self) -> str:
        return "accepted" if self.accepted else "returned"
