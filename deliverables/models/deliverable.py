"""What a contract owes, and what was delivered for it."""

import uuid

from django.db import models
from django.urls import reverse

from odifund.core.models import Person, Row, StoredFile
from tenders.models import Contract, OwedDeliverable


class Deliverable(Row):
    """One thing a contract owes, copied from the tender when the contract was countersigned."""

    class Status(models.TextChoices):
        """Where it stands."""

        DUE = "due", "To be delivered"
        DELIVERED = "delivered", "Waiting for review"
        RETURNED = "returned", "Returned with comments"
        ACCEPTED = "accepted", "Accepted"

    Kind = OwedDeliverable.Kind

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="deliverables")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=OwedDeliverable.Kind.choices)
    title = models.CharField(max_length=160)
    guidance = models.TextField(blank=True)
    due_at = models.DateTimeField()
    at_least = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DUE)
    delivered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("deliverables:deliverable", args=[self.pk])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.contract.tender_id


class Delivery(Row):
    """One time something was handed in for a deliverable: words, and a file where there is one."""

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="deliveries")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="delivery")
    delivered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    delivered_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("deliverable", "number"), name="delivery_number_once"),
        )

    def __str__(self) -> str:
        return f"delivery {self.number}"


class Attendance(Row):
    """Who comes to the kick-off workshop for a contract, and whether they came."""

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="attendances")
    name = models.CharField(max_length=120)
    is_lead = models.BooleanField(default=False)
    needs = models.CharField(max_length=300, blank=True)
    """Access and food; seen by the organisers and the consortium alone."""
    announced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    attended = models.BooleanField(null=True)

    def __str__(self) -> str:
        return self.name
