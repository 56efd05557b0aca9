"""Documents of a tender: the ITT as a file, annexes, the draft contract. Public from publication on."""

import pgtrigger
from django.db import models
from django.urls import reverse

from odifund.core.models import Person, Row, StoredFile
from tenders.models.tender import Tender


class Document(Row):
    """One version of a document. Once public it is never changed or taken away: a new version replaces it."""

    class Kind(models.TextChoices):
        """What it is."""

        ITT = "itt", "Invitation to tender"
        ANNEX = "annex", "Annex"
        CONTRACT = "contract", "Draft contract"
        LICENCE = "licence", "Licence terms"
        OTHER = "other", "Other document"

    tender = models.ForeignKey(Tender, models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=120)
    is_accessible = models.BooleanField()
    """Whether everybody can read the file, with a screen reader too, as its maker says."""
    number = models.PositiveSmallIntegerField(default=1)
    """Its version, from 1."""
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    note = models.CharField(max_length=500, blank=True)
    """What changed against the version before."""
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="documents")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(number=1, replaces=None) | models.Q(number__gt=1, replaces__isnull=False),
                name="later_versions_replace_one",
            ),
        )
        triggers = (pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return reverse("tenders:document", args=[self.tender.reference, self.pk])
