"""A form that was taken: the row that makes one thing of a form sent twice."""

from django.db import models


class SentForm(models.Model):
    """The digest of who sent what where, and the address that its first sending led to."""

    digest = models.CharField(max_length=64, primary_key=True)
    sent_at = models.DateTimeField()
    led_to = models.TextField(default="")

    def __str__(self) -> str:
        return f"form sent at {self.sent_at:%Y-%m-%d %H:%M:%S}"
