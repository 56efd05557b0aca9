"""A consortium: a lead and members, each naming the people who work on this one proposal."""

import uuid

from django.db import models
from django.urls import reverse

from consortia.models.organisation import Organisation
from odifund.core.models import Person, Row, paired


class Consortium(Row):
    """Organisations that propose together. `formed_for` is the opaque key of the tender."""

    audit_sealed = True

    name = models.CharField(max_length=160)
    formed_for = models.UUIDField()
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="leads")
    formed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("formed_for", "lead"), name="leads_one_consortium_a_tender"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, for its named people; the tenders app draws it, which knows what it is for."""
        return reverse("tenders:consortium", args=[self.pk])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.formed_for


class Member(Row):
    """Organisation O is in consortium C, the lead among them."""

    consortium = models.ForeignKey(Consortium, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    is_lead = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    left_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("consortium", "organisation"), condition=models.Q(left_at=None), name="member_once"
            ),
            models.UniqueConstraint(
                fields=("consortium",), condition=models.Q(is_lead=True), name="one_lead"
            ),
            paired("left"),
        )

    def __str__(self) -> str:
        return str(self.organisation)


class NamedPerson(Row):
    """Person P is named for member M on this consortium's proposal: what alone lets somebody see it."""

    class Part(models.TextChoices):
        """What somebody named does (ADR 17). Only the lead names who can submit."""

        SUBMITS = "submits", "Works on the proposal and can submit it"
        WORKS = "works", "Works on the proposal"
        READS = "reads", "Reads, comments and approves the price"

    member = models.ForeignKey(Member, models.PROTECT, related_name="named_people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="namings")
    part = models.CharField(max_length=8, choices=Part.choices, default=Part.WORKS)
    named_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("member", "person"), condition=models.Q(ended_at=None), name="named_once"
            ),
            paired("ended"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} for {self.member_id}"

    @property
    def works(self) -> bool:
        """Whether the person changes the proposal."""
        return self.part != self.Part.READS

    @property
    def submits(self) -> bool:
        """Whether the person can submit it."""
        return self.part == self.Part.SUBMITS
