"""The trail: what happened, the chain over it, and the heads of the chain that were published.

An event is written in the move's own transaction; the linker chains committed events later
(docs/adr/0004). Chained rows hold opaque ids and digests; names and free text lie beside them in
`EventDetails`, salted, and can be blanked without breaking the chain.
"""

from django.db import models

from odifund.core.models.base import AppendOnly


class Event(AppendOnly):
    """One thing that happened. `scope` is the key of what it belongs to, such as a tender."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    name = models.CharField(max_length=60)
    actor = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    scope = models.UUIDField(null=True)
    sealed = models.BooleanField(default=False)
    facts = models.JSONField(default=dict)
    details_digest = models.CharField(max_length=64)
    content_hash = models.CharField(max_length=64)

    class Meta(AppendOnly.Meta):
        indexes = (
            models.Index(fields=("scope", "id")),
            models.Index(fields=("subject_id", "id")),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"


class EventDetails(models.Model):
    """Names and words of an event: for people to read, and possible to erase."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="details")
    salt = models.CharField(max_length=32)
    content = models.JSONField(null=True)
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"details of event {self.event_id}"


class Link(AppendOnly):
    """One link of the chain: its hash covers the event's content hash and the link before."""

    seq = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="link")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    linked_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"link {self.seq}"


class PublishedHead(AppendOnly):
    """A head of the chain as it left the database (in a register, or by mail), to compare with."""

    id = models.BigAutoField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    where = models.CharField(max_length=120)

    class Meta(AppendOnly.Meta):
        pass

    def __str__(self) -> str:
        return f"head {self.seq} in {self.where}"
