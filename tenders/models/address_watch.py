"""Watching a tender with an e-mail address alone."""

from django.db import models

from odifund.core.models import Row
from tenders.models.tender import Tender


class AddressWatch(Row):
    """Whoever reads mail at an address is told of what happens to tender T, once that was confirmed.

    Nobody is shown the address, and the row is deleted when they leave and when the round ends.
    """

    tender = models.ForeignKey(Tender, models.PROTECT, related_name="address_watches")
    address = models.EmailField(max_length=254)
    asked_at = models.DateTimeField()
    """When the newest mail about asking was queued."""
    times_asked = models.PositiveSmallIntegerField(default=1)
    """How many such mails were queued since the first of a day."""
    confirmed_at = models.DateTimeField(null=True)
    reminded_of = models.DateTimeField(null=True)
    """The close of questions that they were reminded of."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tender", "address"), name="address_watches_once"),)

    def __str__(self) -> str:
        return "somebody with an address alone"
