"""What a contract owes, and what was delivered for it."""

import uuid
from datetime import date, datetime

from django.db import models
from django.urls import reverse

from odifund.core import clock
from odifund.core.models import LONGEST_WEB_ADDRESS, Person, Row, StoredFile, paired
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
    """When it was first handed in."""
    again_at = models.DateTimeField(null=True)
    """When it was returned: the moment it is awaited again."""
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("order",)
        constraints = (paired("accepted"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("deliverables:deliverable", args=[self.pk])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.contract.tender_id

    @property
    def is_workshop(self) -> bool:
        """Whether it is attended, not handed in."""
        return self.kind == self.Kind.WORKSHOP

    @property
    def is_drafted_here(self) -> bool:
        """Whether its drafts are written in the portal and handed in as they stand."""
        return self.kind in {self.Kind.BLOG, self.Kind.PATTERN, self.Kind.DATA}

    @property
    def tells_a_prototype(self) -> bool:
        """Whether it says what was tried out: the report."""
        return self.kind == self.Kind.REPORT

    @property
    def is_with_consortium(self) -> bool:
        """Whether the consortium is to act: due, or returned with comments."""
        return self.status in {self.Status.DUE, self.Status.RETURNED}

    @property
    def is_returned(self) -> bool:
        """Whether it came and has to change."""
        return self.status == self.Status.RETURNED

    @property
    def is_accepted(self) -> bool:
        """Whether nothing more is owed here."""
        return self.status == self.Status.ACCEPTED

    @property
    def awaited_at(self) -> datetime:
        """When it is awaited: as the contract says, or by the day it was returned for."""
        return self.again_at if self.is_returned and self.again_at else self.due_at

    @property
    def awaited_on(self) -> date:
        """The day in London on which it is awaited."""
        return clock.today(self.awaited_at)

    @property
    def told_at(self) -> date | datetime:
        """When it is awaited, as people are told: a moment, or the day of an event."""
        return self.awaited_on if self.is_workshop else self.awaited_at

    @property
    def was_due_before_signing(self) -> bool:
        """Whether its date had passed when both sides had signed the contract."""
        signed_at = self.contract.countersigned_at
        return signed_at is not None and self.due_at <= signed_at

    @property
    def comes(self) -> str:
        """What it does on that day."""
        return "takes place" if self.is_workshop else "is due"

    def is_overdue(self, at: datetime) -> bool:
        """Whether it should have been delivered by now; on the deadline is late. Staff record a workshop."""
        return not self.is_workshop and self.is_with_consortium and at >= self.awaited_at

    def has_begun(self, at: datetime) -> bool:
        """Whether the day of a workshop has come, in London."""
        return clock.today(at) >= clock.today(self.due_at)

    @property
    def came_late(self) -> bool:
        """Whether it was first handed in after it was due; a workshop is recorded after it was held."""
        return not self.is_workshop and self.delivered_at is not None and self.delivered_at >= self.due_at


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


class Prototype(Row):
    """What was tried out: told with each delivery of a report, because the fund prototypes."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="prototype")
    what = models.TextField()
    tried_by = models.TextField()
    worked = models.TextField()
    did_not_work = models.TextField()
    address = models.URLField(max_length=LONGEST_WEB_ADDRESS, blank=True)
    """Where the prototype or its code can be seen."""

    def __str__(self) -> str:
        return f"prototype of {self.delivery_id}"


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
