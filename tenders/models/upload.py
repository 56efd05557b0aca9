"""A file of a draft on its way, in pieces: what has arrived of it, and where it goes."""

from django.db import models

from odifund.core.models import Person, Row, StoredFile
from tenders.models.proposal import Proposal
from tenders.models.section import Section


class Upload(Row):
    """One sending. Its bytes lie among the parts; `received` of them are on disk for certain."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="uploads")
    section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="+")
    """The section it answers; none where it is added beside the answers."""
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    """As the browser reckoned it, where it could: the same file sent again goes on where it stopped."""
    received = models.BigIntegerField(default=0)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    """What it became; a last piece that is sent again finds it."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")),
                name="no_more_than_was_said",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size
