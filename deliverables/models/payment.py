"""Payments of a contract: a share of the price, due when its deliverable is accepted."""

import uuid

from django.db import models

from deliverables.models.deliverable import Deliverable
from odifund.core.models import Person, Row, paired
from tenders.models import Contract


class Payment(Row):
    """Pounds without VAT. Parts of a contract add up to its price."""

    class Status(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", "Not due yet"
        DUE = "due", "Due"
        PAID = "paid", "Paid"

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="payments")
    order = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    due_at = models.DateTimeField(null=True)
    """When everything it waits for was accepted: its deliverable, and for the last payment all of them."""
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    paid_on = models.DateField(null=True)
    bank_reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (paired("paid"),)

    def __str__(self) -> str:
        return f"{self.percent}% of {self.contract_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.contract.tender_id
