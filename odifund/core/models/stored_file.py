"""A file somebody uploaded: its bytes lie in storage under an opaque name, its facts here."""

from django.db import models

from odifund.core.models.base import Row
from odifund.core.models.person import Person


class StoredFile(Row):
    """Facts of one upload. The name is shown, never used as a path."""

    class Scan(models.TextChoices):
        """What the virus scanner said. A file waits until one answers, or for good where there is none."""

        WAITING = "waiting", "Not checked yet"
        CLEAN = "clean", "No virus found"
        HARMFUL = "harmful", "A virus was found"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    scan = models.CharField(max_length=8, choices=Scan.choices, default=Scan.WAITING)
    scan_after = models.DateTimeField(null=True)
    """Not before: set when the scanner answered, but could not say."""
    scanned_at = models.DateTimeField(null=True)
    threat = models.CharField(max_length=120, blank=True)
    """What was found, by the scanner's name for it."""

    class Meta:
        indexes = (
            models.Index(fields=("uploaded_at",), name="files_to_scan", condition=models.Q(scan="waiting")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_clean(self) -> bool:
        """Whether it was checked and nothing was found."""
        return self.scan == self.Scan.CLEAN

    @property
    def is_harmful(self) -> bool:
        """Whether a virus was found in it: nobody opens it."""
        return self.scan == self.Scan.HARMFUL
