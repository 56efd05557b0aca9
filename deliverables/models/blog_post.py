"""A set-up blog: delivered in time, then published here and perhaps on the ODI's own site."""

import uuid

from django.db import models
from django.urls import reverse

from deliverables.models.deliverable import Deliverable
from deliverables.models.makers import Made
from odifund.core.models import LONGEST_WEB_ADDRESS, Person, Row, paired


class BlogPost(Made, Row):
    """What a consortium set out to do, in its own words (Markdown)."""

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    deliverable = models.OneToOneField(Deliverable, models.PROTECT, related_name="blog_post")
    slug = models.SlugField(max_length=100, unique=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=160)
    summary = models.CharField(max_length=300)
    text = models.TextField()
    elsewhere = models.URLField(max_length=LONGEST_WEB_ADDRESS, blank=True)
    elsewhere_on = models.DateField(null=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (paired("published"),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("deliverables:blog_post", args=[self.slug])

    @property
    def audit_scope(self) -> uuid.UUID:
        """Where its events belong."""
        return self.deliverable.contract.tender_id
