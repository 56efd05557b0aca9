"""A file somebody uploaded: its bytes lie in storage under an opaque name, its facts here."""

from django.db import models

from odifund.core.models.base import Row
from odifund.core.models.person import Person


class StoredFile(Row):
    """Facts of one upload. The name is shown, never used as a path."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120, unique=True)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
