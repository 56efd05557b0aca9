"""A pattern: what others can reuse, openly licensed."""

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from deliverables.models.deliverable import Deliverable
from deliverables.models.makers import Made
from odifund.core.models import Row, StoredFile, paired
from odifund.core.models.person import Person
from tenders.models import Proposal


class Pattern(Made, Row):
    """A design pattern, artefact or learning tool. In the library once accepted."""

    class Kind(models.TextChoices):
        """design.md 2: what a pattern can be."""

        PATTERN = "pattern", "Design pattern"
        ARTEFACT = "artefact", "Artefact"
        TOOL = "tool", "Learning tool"

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    class Licence(models.TextChoices):
        """Open licences (opendefinition.org) the library takes."""

        OGL = "OGL-UK-3.0", "Open Government Licence 3.0"
        CC_BY = "CC-BY-4.0", "Creative Commons Attribution 4.0"
        CC_BY_SA = "CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"
        CC0 = "CC0-1.0", "Creative Commons Zero 1.0"

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="patterns")
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PATTERN)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    delivery_model = models.CharField(max_length=12, choices=Proposal.DeliveryModel.choices)
    problem = models.TextField()
    """Markdown, as are the following."""
    solution = models.TextField()
    worked = models.TextField(blank=True)
    did_not_work = models.TextField(blank=True)
    tried_by = models.CharField(max_length=160, blank=True)
    licence = models.CharField(max_length=20, choices=Licence.choices)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="pattern")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            paired("published"),
            models.UniqueConstraint(Lower("title"), "deliverable", name="pattern_title_once"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("deliverables:pattern", args=[self.slug])

    @property
    def tried(self) -> str:
        """Who tried it, for its card."""
        return f"Tried by {self.tried_by[0].lower()}{self.tried_by[1:]}" if self.tried_by else ""

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.deliverable.contract.tender_id
