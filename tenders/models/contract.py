"""A contract with the lead of an awarded proposal."""

import uuid

from django.db import models
from django.urls import reverse

from consortia.models import Organisation
from odifund.core.models import Person, Row, paired
from tenders.models.decision import Award
from tenders.models.proposal import Proposal
from tenders.models.tender import Tender


class Contract(Row):
    """Offered, accepted by the lead in the browser, countersigned for the ODI, complete."""

    class Status(models.TextChoices):
        """Where it stands."""

        OFFERED = "offered", "Waiting for the lead"
        ACCEPTED = "accepted", "Waiting for the ODI"
        COUNTERSIGNED = "countersigned", "In delivery"
        COMPLETE = "complete", "Complete"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="contracts")
    award = models.OneToOneField(Award, models.PROTECT, related_name="contract")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="contract")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    title = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    terms = models.TextField()
    """The words both sides put their names to; their digest is in the events."""
    status = models.CharField(max_length=14, choices=Status.choices, default=Status.OFFERED)
    offered_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    countersigned_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    countersigned_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (paired("accepted"), paired("countersigned"))

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page, for its consortium's named people and the fund's staff."""
        return reverse("deliverables:contract", args=[self.pk])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id
