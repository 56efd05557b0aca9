"""Data a consortium released openly; "none, because" is an answer too."""

from django.db import models
from django.db.models.functions import Lower

from deliverables.models.deliverable import Deliverable
from deliverables.models.pattern import Pattern
from odifund.core.models import LONGEST_WEB_ADDRESS, Person, Row

LICENCES = [*Pattern.Licence.choices, ("other-open", "Another open licence")]


class ReleasedData(Row):
    """One data set with title, publisher, address, licence, date and how often it is refreshed."""

    deliverable = models.ForeignKey(Deliverable, models.PROTECT, related_name="released_data")
    title = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    address = models.URLField(max_length=LONGEST_WEB_ADDRESS, blank=True)
    licence = models.CharField(max_length=20, choices=LICENCES, blank=True)
    released_on = models.DateField(null=True)
    refreshed = models.CharField(max_length=120, blank=True)
    none_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(none_because="") | ~models.Q(title=""), name="data_or_none_because"
            ),
            models.UniqueConstraint(
                Lower("title"), "deliverable", condition=~models.Q(title=""), name="data_title_once"
            ),
        )

    def __str__(self) -> str:
        return self.title or "none"
