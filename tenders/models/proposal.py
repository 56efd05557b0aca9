"""A consortium's proposal: the draft that its named people write until the deadline.

What was submitted is a `Version` and never changes; see version.py.
"""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import models
from django.urls import reverse

from consortia.models import Consortium, Organisation
from odifund.core.models import Person, Row, StoredFile, paired
from tenders.models.section import Section
from tenders.models.tender import Tender

DRAFTS_KEPT = timedelta(days=90)
"""How long after the close a draft that was never submitted stays readable to its people."""


class Proposal(Row):
    """The draft, and where it stands. The last submitted version stands while the draft is edited."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where a proposal stands."""

        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class DeliveryModel(models.TextChoices):
        """itt.md: the two models of delivery the fund names."""

        INFORMATION = "information", "More information for citizens"
        OTHERS = "others", "Others deliver part of the service"
        OTHER = "other", "Another model"

    class Vat(models.TextChoices):
        """What the lead puts on the price at the end: it alone invoices. VATA 1994 s. 2: 20%."""

        STANDARD = "standard", "The lead adds VAT at 20%"
        NONE = "none", "The lead adds no VAT"

    class Publishes(models.TextChoices):
        """What more the fund may publish of a proposal that wins."""

        SUMMARY = "summary", "A summary that the bidder writes"
        WHOLE = "whole", "The summary, and all of the proposal but its confidential parts and day rates"

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="proposals")
    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="proposals")
    title = models.CharField(max_length=120)
    delivery_model = models.CharField(max_length=12, choices=DeliveryModel.choices, blank=True)
    vat = models.CharField(max_length=8, choices=Vat.choices, blank=True)
    """Empty: not said yet. Every figure before the last is without VAT."""
    payments = models.JSONField(default=dict, blank=True)
    """Percent of the price by the name of what is owed, where the tender lets bidders propose it."""
    confidential = models.JSONField(default=list, blank=True)
    """What is not to be told to others who ask: [{what, why, until}], `until` a day or empty."""
    publishes = models.CharField(max_length=8, choices=Publishes.choices, blank=True)
    public_summary = models.TextField(blank=True)
    """What everybody may read of it if it wins."""
    eligible_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    eligible_at = models.DateTimeField(null=True)
    declared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(null=True)
    """When the lead confirmed that it may bid, and made the declarations (statements.py)."""
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("tender", "consortium"), name="one_proposal_a_consortium"),
            paired("eligible"),
            paired("declared"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its task list, for its named people."""
        return reverse("tenders:proposal", args=[self.pk])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id

    @property
    def stands(self) -> bool:
        """Whether its last submitted version counts."""
        return self.status == self.Status.SUBMITTED

    @property
    def readable_until(self) -> datetime | None:
        """Until when its people read a draft that was never submitted; None where it was, or still can be."""
        closed = self.tender.closes_at if self.tender.closed_at or self.tender.cancelled_at else None
        return closed + DRAFTS_KEPT if closed and self.status == self.Status.DRAFT else None

    def is_put_away(self, at: datetime) -> bool:
        """Whether that time is over."""
        until = self.readable_until
        return until is not None and at >= until

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back, and not submitted again."""
        return self.status == self.Status.WITHDRAWN


class SectionText(Row):
    """One saved revision of a section's text; the newest is the draft's. None is ever lost."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="texts")
    section = models.ForeignKey(Section, models.PROTECT, related_name="texts")
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("proposal", "section", "revision"), name="revision_once"),
        )

    def __str__(self) -> str:
        return f"{self.section} ({self.revision})"


class CostLine(Row):
    """One line of the costs: days times a day rate, an amount, or a percentage of the staff of its
    organisation. The sum of the lines is the price."""

    class Kind(models.TextChoices):
        """What the money is for."""

        STAFF = "staff", "Staff"
        EXPENSES = "expenses", "Expenses"
        SUBCONTRACT = "subcontract", "Subcontract"
        OVERHEAD = "overhead", "Overhead"
        VAT = "vat", "VAT not recovered"
        OTHER = "other", "Other"

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="cost_lines")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.STAFF)
    what = models.CharField(max_length=160)
    days = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    day_rate = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    """Of what the staff of its organisation cost: an overhead's."""
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    """Pounds; for days and a rate, their product to the penny; of a percentage, its part."""
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gte=Decimal(0)), name="costs_are_not_negative"),
            models.CheckConstraint(
                condition=models.Q(days=None, day_rate=None)
                | models.Q(days__isnull=False, day_rate__isnull=False),
                name="days_and_rate_together",
            ),
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(kind="overhead", days=None),
                name="only_overhead_is_a_percentage",
            ),
        )

    def __str__(self) -> str:
        return self.what


class Attachment(Row):
    """A file of the draft."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="attachments")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="attachment")
    title = models.CharField(max_length=120)
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="attachments")
    """The section it answers; none where it is added beside the answers."""
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (paired("removed"),)

    def __str__(self) -> str:
        return self.title
