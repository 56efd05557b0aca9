"""The register of standing receipts at close, and the opening of the seal by two people."""

import uuid

from django.db import models

from odifund.core.models import AppendOnly, Person, Row
from tenders.models.tender import Tender
from tenders.models.version import Version


class Register(AppendOnly, Row):
    """All standing receipts at close, with the head of the trail: published as page and JSON."""

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="registers")
    number = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (models.UniqueConstraint(fields=("tender", "number"), name="register_number_once"),)

    def __str__(self) -> str:
        return f"register {self.number}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Opening(AppendOnly, Row):
    """Two people opened the seal."""

    tender = models.OneToOneField(Tender, models.PROTECT, related_name="opening")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("confirmed_by")), name="opened_by_two"
            ),
        )

    def __str__(self) -> str:
        return f"opening of {self.tender_id}"


class OpeningCheck(AppendOnly, Row):
    """Whether one version's fingerprint matched when the seal was opened; one that did not is held."""

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="checks")
    version = models.OneToOneField(Version, models.PROTECT, related_name="opening_check")
    matches = models.BooleanField()
    why_not = models.CharField(max_length=200, blank=True)

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return "matches" if self.matches else "held"
