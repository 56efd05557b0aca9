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
        OFFERED = "offered", "Waiting for the asker to agree"
        READY = "ready", "Answer ready to publish"
        ANSWERED = "answered", "Answered for everybody"
        ANSWERED_ALONE = "answered_alone", "Answered to the asker alone"
        MERGED = "merged", "Answered with another question"
        DECLINED = "declined", "Not answered"
        WITHDRAWN = "withdrawn", "Withdrawn by the asker"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="questions")
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.ASKED)
    text = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="questions")
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    """When the server first saw the request; `asked_at` was read under the lock."""
    is_private = models.BooleanField(default=False)
    """The asker says that it is about their own affairs, and asks to be answered alone."""
    public_text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True)
    """When the asker of a private question agreed that everybody reads it in `public_text`."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    reason = models.TextField(blank=True)
    """Why it is not answered, for the asker."""
    number = models.PositiveSmallIntegerField(null=True)
    """Its public number, given in the order of answers."""
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    publish_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    publish_at = models.DateTimeField(null=True)
    """The morning for which a person left its answer to the day's mail; the clock then publishes it."""
    told_at = models.DateTimeField(null=True)
    """When the mail with its answer was queued; at most one a tender and day."""

    class Meta:
        constraints = (
            paired("answered"),
            paired("publish"),
            models.UniqueConstraint(fields=("tender", "number"), name="question_number_once"),
        )

    def __str__(self) -> str:
        return f"Question {self.number}" if self.number else "Answer ready"

    @property
    def waits(self) -> bool:
        """Whether staff have to do something about it yet."""
        return self.status == self.Status.ASKED

    @property
    def is_offered(self) -> bool:
        """Whether its asker has to agree to a wording, or withdraw it."""
        return self.status == self.Status.OFFERED

    @property
    def is_ready(self) -> bool:
        """Whether its answer is written and waits to be published."""
        return self.status == self.Status.READY

    @property
    def is_left_to_mail(self) -> bool:
        """Whether its answer is written, and the clock publishes it with the next mail of answers."""
        return self.is_ready and self.publish_at is not None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its asker took it back."""
        return self.status == self.Status.WITHDRAWN

    @property
    def needs_agreement(self) -> bool:
        """Whether it may be published only in words that its asker agreed to, and they have not yet."""
        return self.is_private and self.agreed_at is None

    @property
    def has_answer(self) -> bool:
        """Whether its answer for everybody is published, or written and waits to be."""
        return self.status in {self.Status.READY, self.Status.ANSWERED}

    @property
    def audit_sealed(self) -> bool:
        """Who asked, and whatever is not answered for everybody, is sealed."""
        return self.status != self.Status.ANSWERED

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
