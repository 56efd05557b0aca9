"""What a proposal must say (sections), and what a contract will owe (deliverables)."""

from django.db import models

from odifund.core.models import Row
from tenders.models.criterion import FROZEN, Criterion
from tenders.models.tender import Tender


class Section(Row):
    """One thing a proposal has to answer with: a text, a choice, a number or files."""

    class Kind(models.TextChoices):
        """What a proposal answers with."""

        TEXT = "text", "A text"
        CHOICE = "choice", "One of several answers"
        NUMBER = "number", "A number"
        FILES = "files", "Files"

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    guidance = models.TextField(blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices, default=Kind.TEXT)
    word_limit = models.PositiveSmallIntegerField(default=0)
    """Of a text; 0 for what has no words."""
    options = models.JSONField(default=list, blank=True)
    """The answers to choose from."""
    unit = models.CharField(max_length=40, blank=True)
    """What a number counts."""
    required = models.BooleanField(default=True)
    criterion = models.ForeignKey(Criterion, models.SET_NULL, null=True, blank=True, related_name="sections")

    class Meta:
        ordering = ("order",)
        triggers = FROZEN
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(kind="text") | models.Q(word_limit__gt=0), name="a_text_has_a_word_limit"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_text(self) -> bool:
        """Whether it is answered in words, which are counted."""
        return self.kind == self.Kind.TEXT

    @property
    def wants_files(self) -> bool:
        """Whether it is answered with files of its own."""
        return self.kind == self.Kind.FILES

    @property
    def room(self) -> str:
        """What an answer looks like: Up to 600 words; One of: Yes, No; A number of residents; Files."""
        match self.kind:
            case self.Kind.CHOICE:
                return f"One of these: {'; '.join(self.options)}"
            case self.Kind.NUMBER:
                return f"A whole number{f' ({self.unit})' if self.unit else ''}"
            case self.Kind.FILES:
                return "One file or more"
        return f"Up to {self.word_limit} words"


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
        OTHER = "other", "Something else"

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
            models.UniqueConstraint(
                fields=("tender", "kind"), condition=~models.Q(kind="other"), name="owed_kind_once"
            ),
            models.CheckConstraint(condition=models.Q(payment_percent__lte=100), name="payment_at_most_100"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What names it within its tender: its kind, or its key where there may be several of the kind."""
        return str(self.pk) if self.is_something_else else self.kind

    @property
    def is_something_else(self) -> bool:
        """Whether what it is stands in its title alone: a text or a file that is not published."""
        return self.kind == self.Kind.OTHER

    @property
    def is_event(self) -> bool:
        """A day on which people meet, not a moment by which something is due."""
        return self.kind == self.Kind.WORKSHOP
