"""The register of standing receipts at close, the opening of the seal, and what becomes of what was held."""

import uuid

from django.db import models

from odifund.core.models import AppendOnly, Person, Row, paired, settled
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

    @property
    def is_opened(self) -> bool:
        """Whether it was opened: it matched, or two people admitted it since."""
        settlement: Settlement | None = getattr(self, "settlement", None)
        return self.matches or (settlement is not None and settlement.is_admitted)

    @property
    def is_waiting(self) -> bool:
        """Whether it was held, and two people have not settled it."""
        settlement: Settlement | None = getattr(self, "settlement", None)
        return not self.matches and not (settlement is not None and settlement.is_settled)


class Settlement(Row):
    """What becomes of a held proposal: one person proposes the outcome with its reason, another confirms."""

    audit_sealed = True

    class Status(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed", "Being settled"
        SETTLED = "settled", "Settled"

    class Outcome(models.TextChoices):
        """What becomes of the proposal."""

        ADMITTED = "admitted", "Admitted"
        LEFT_OUT = "left out", "Left out"

    held = models.OneToOneField(OpeningCheck, models.PROTECT, related_name="settlement")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PROPOSED)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.TextField()
    """The bidder will read this."""
    stands = models.JSONField(default=dict)
    """Digests of the words and files as they stood when it was settled: what was admitted, no other."""
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        triggers = settled(status="settled")
        constraints = (
            paired("settled"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="settled_with_a_reason"),
            models.CheckConstraint(
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("prepared_by")),
                name="settled_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"settlement of {self.held_id}"

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.held.version.tender_id

    @property
    def is_settled(self) -> bool:
        """Whether two people have settled it."""
        return self.status == self.Status.SETTLED

    @property
    def is_admitted(self) -> bool:
        """Whether the proposal is read and evaluated after all."""
        return self.is_settled and self.outcome == self.Outcome.ADMITTED
