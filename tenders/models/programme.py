"""A programme: what several tenders belong to."""

from django.db import models
from django.urls import reverse

from odifund.core.models import Person, Row


class Programme(Row):
    """A programme of the ODI, with its rounds."""

    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    purpose = models.TextField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("tenders:programme", args=[self.slug])
