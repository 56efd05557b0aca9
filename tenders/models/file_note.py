"""A note for the file: a call, a mail or a meeting outside the portal."""

import uuid

from django.db import models

from odifund.core.models import AppendOnly, Person, Row
from tenders.models.tender import Tender


class FileNote(AppendOnly, Row):
    """What was said outside the portal about a tender. It never changes: a later note corrects it."""

    class Kind(models.TextChoices):
        """What it was."""

        CALL = "call", "A telephone call"
        MAIL = "mail", "A letter or an e-mail"
        MEETING = "meeting", "A meeting"
        WAY = "way", "Another way to take part was agreed"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="file_notes")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind.choices)
    happened_at = models.DateTimeField()
    with_whom = models.CharField(max_length=160)
    what = models.TextField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("tender", "number"), name="file_note_number_once"),
            models.CheckConstraint(
                condition=models.Q(happened_at__lte=models.F("recorded_at")), name="noted_after_it_happened"
            ),
        )

    def __str__(self) -> str:
        return f"note {self.number}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
