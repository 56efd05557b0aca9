"""A deadline that is put off: one person proposes it, another confirms it."""

import uuid

from django.db import models

from odifund.core.models import Person, Row, paired, settled
from tenders.models.incident import Incident
from tenders.models.tender import Tender


class Extension(Row):
    """A later deadline of a tender, as proposed; confirmed, it does not change any more."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="extensions")
    number = models.PositiveSmallIntegerField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = models.TextField()
    """Everybody will read this."""
    dates = models.JSONField(default=list)
    """The later dates that move with it: name, what it is, before and after as ISO 8601."""
    proposals_known = models.PositiveIntegerField()
    """How many proposals stood when it was proposed."""
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, related_name="extensions")
    from_server = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        triggers = settled(confirmed_at__isnull=False)
        constraints = (
            paired("confirmed"),
            models.UniqueConstraint(fields=("tender", "number"), name="extension_number_once"),
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")), name="extended_only_later"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="extended_with_a_reason"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("prepared_by")),
                name="extended_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"extension {self.number}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
