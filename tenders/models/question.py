"""A question to the ODI about a tender, and its public answer."""

import uuid

from django.db import models

from odifund.core.models import Person, Row, paired
from tenders.models.tender import Tender


class Question(Row):
    """Asked privately; question and answer are published in the ODI's wording, without the asker."""

    class Status(models.TextChoices):
        """Where a question stands."""

        ASKED = "asked", "Waiting for an answer"
        ANSWERED = "answered", "Answered"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="questions")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ASKED)
    text = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """When the server first saw the request; `asked_at` was read under the lock."""
    public_text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    """Its public number, given in the order of answers."""
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            paired("answered"),
            models.UniqueConstraint(fields=("tender", "number"), name="question_number_once"),
        )

    def __str__(self) -> str:
        return f"Question {self.number or 'without a number'}"

    @property
    def audit_sealed(self) -> bool:
        """Who asked is sealed; the answer is public."""
        return self.status == self.Status.ASKED

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
