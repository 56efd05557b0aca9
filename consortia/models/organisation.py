"""Organisations and the people who belong to them. Belonging gives no sight of any proposal."""

from django.db import models
from django.urls import reverse

from consortia.schemes import SCHEMES
from odifund.core.models import LONGEST_WEB_ADDRESS, Person, Row, paired


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

    class Size(models.TextChoices):
        """By people who work there, as the UK counts small and medium-sized enterprises."""

        MICRO = "micro", "Micro: fewer than 10 people"
        SMALL = "small", "Small: 10 to 49 people"
        MEDIUM = "medium", "Medium: 50 to 249 people"
        LARGE = "large", "Large: 250 people or more"
        PUBLIC = "public", "A public body of any size"

    class Region(models.TextChoices):
        """The nations of the UK, and the regions of England."""

        NORTH_EAST = "north_east", "North East"
        NORTH_WEST = "north_west", "North West"
        YORKSHIRE = "yorkshire", "Yorkshire and the Humber"
        EAST_MIDLANDS = "east_midlands", "East Midlands"
        WEST_MIDLANDS = "west_midlands", "West Midlands"
        EAST = "east", "East of England"
        LONDON = "london", "London"
        SOUTH_EAST = "south_east", "South East"
        SOUTH_WEST = "south_west", "South West"
        WALES = "wales", "Wales"
        SCOTLAND = "scotland", "Scotland"
        NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
        ABROAD = "abroad", "Outside the UK"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    in_uk = models.BooleanField(default=True)
    region = models.CharField(max_length=20, choices=Region.choices, blank=True)
    size = models.CharField(max_length=10, choices=Size.choices, blank=True)
    scheme = models.CharField(max_length=12, blank=True)
    number = models.CharField(max_length=20, blank=True)
    website = models.URLField(max_length=LONGEST_WEB_ADDRESS, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "number"), condition=~models.Q(number=""), name="organisation_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(scheme="", number="") | (~models.Q(scheme="") & ~models.Q(number="")),
                name="number_with_its_scheme",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page, for its own people."""
        return reverse("consortia:organisation", args=[self.pk])

    @property
    def register(self) -> str:
        """The name of the register that numbers it."""
        return SCHEMES[self.scheme].name if self.scheme in SCHEMES else ""

    @property
    def is_uk_public_sector(self) -> bool:
        """Whether it counts as the UK public sector member a tender can ask for."""
        return self.in_uk and self.kind in PUBLIC_SECTOR


PUBLIC_SECTOR = frozenset({Organisation.Kind.LOCAL_AUTHORITY, Organisation.Kind.PUBLIC_BODY})


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
