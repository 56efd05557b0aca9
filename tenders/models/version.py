"""What was submitted: immutable versions with their fingerprint, and the attempts that came too late."""

import uuid

from django.db import models
from django.urls import reverse

from odifund.core.models import AppendOnly, Person, Row
from tenders.models.proposal import Proposal
from tenders.models.tender import Tender


class Version(AppendOnly, Row):
    """A submitted version. `manifest` is the canonical JSON whose SHA-256 is the fingerprint."""

    audit_sealed = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    tender = models.ForeignKey(Tender, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    receipt_number = models.CharField(max_length=30, unique=True)
    """Sayable on the telephone; random within the tender, so that it tells no count."""
    submit_key = models.UUIDField()
    """The check page's one-time key: the same key gives the same receipt."""
    manifest = models.TextField()
    fingerprint = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    price = models.DecimalField(max_digits=12, decimal_places=2)
    members = models.JSONField()
    """Copied from the consortium: [{organisation, name, kind, in_uk, is_lead}]."""
    submitted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    """Read from the database's clock under the lock: this moment counts."""
    seen_at = models.DateTimeField()
    admitted_late = models.BooleanField(default=False)
    """Whether it came after the deadline and two people admitted it, the portal being at fault."""
    without_agreement = models.JSONField(default=list)
    """Names of members that had not agreed to their lines when it was submitted."""
    changed_since_check = models.JSONField(default=list)
    """Parts of the draft that were changed between the check page and the submit."""

    class Meta(AppendOnly.Meta):
        constraints = (
            models.UniqueConstraint(fields=("proposal", "number"), name="version_number_once"),
            models.UniqueConstraint(fields=("proposal", "submit_key"), name="one_receipt_a_key"),
        )

    def __str__(self) -> str:
        return self.receipt_number

    def get_absolute_url(self) -> str:
        """The receipt, for the proposal's named people."""
        return reverse("tenders:receipt", args=[self.proposal_id, self.number])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class LateAttempt(AppendOnly, Row):
    """Somebody tried after the moment had passed. Recorded in a transaction of its own."""

    audit_sealed = True

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="late_attempts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="late_attempts")
    what = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()
    judged_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    reached_us_in_time = models.BooleanField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"late: {self.what}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.tender_id


class Reading(AppendOnly):
    """The access log: somebody read an opened version. The one write of a GET; outside the chain."""

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(Version, models.PROTECT, related_name="readings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    what = models.CharField(max_length=60)

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person_id} read {self.version_id}"
