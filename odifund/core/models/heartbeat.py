"""Signs of life of the background processes, and the mark of a demonstration database."""

from django.db import models


class Heartbeat(models.Model):
    """A process was seen at this moment."""

    name = models.CharField(max_length=20, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Demonstration(models.Model):
    """A row here says: this database was filled by the demonstration's loader."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="one_demonstration"),)

    def __str__(self) -> str:
        return "demonstration"
