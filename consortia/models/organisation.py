"""Organisations and the people who belong to them. Belonging gives no sight of any proposal."""

from django.db import models
from django.urls import reverse

from odifund.core.models import Person, Row, paired


class Organisation(Row):
    """A council, another public body, an agency: who can lead or join a consortium.

    Its events are sealed for good: that somebody thinks of bidding is theirs to tell.
    """

    audit_sealed = True

    class Kind(models.TextChoices):
        """itt.md: who may bid."""

        LOCAL_AUTHORITY = "local_authority", "Local authority"
        PUBLIC_BODY = "public_body", "Other public sector organisation"
        SERVICE_DESIGN = "service_design", "Service design agency"
        DIGITAL = "digital", "Digital agency"
        CHARITY = "charity", "Charity or social enterprise"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    in_uk = models.BooleanField(default=True)
    website = models.URLField(blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, for its own people."""
        return reverse("consortia:organisation", args=[self.pk])

    @property
    def is_uk_public_sector(self) -> bool:
        """Whether it counts as the UK public sector member a tender can ask for."""
        return self.in_uk and self.kind in {self.Kind.LOCAL_AUTHORITY, self.Kind.PUBLIC_BODY}


class Belonging(Row):
    """Person P speaks for organisation O."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="belongings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="belongings")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "person"), condition=models.Q(ended_at=None), name="belongs_once"
            ),
            paired("ended"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} of {self.organisation_id}"
