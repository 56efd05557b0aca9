"""A move that takes two people: one proposes it, another confirms exactly what was proposed."""

from django.db import models

from odifund.core.models.base import Row, paired
from odifund.core.models.person import Person


class TwoPersonMove(Row):
    """Person A proposed a verb on a subject; B confirms it, or it is taken back."""

    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            paired("confirmed"),
            paired("taken_back"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="two_different_people",
            ),
            models.UniqueConstraint(
                fields=("verb", "subject_id"),
                condition=models.Q(confirmed_at=None, taken_back_at=None),
                name="proposed_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verb} proposed by {self.proposed_by_id}"
