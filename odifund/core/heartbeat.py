"""Signs of life of the processes in the background, kept as rows."""

from datetime import datetime

from odifund.core.models import Heartbeat


def leave(name: str, at: datetime) -> None:
    """The process of this name lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": at})


def last_seen() -> dict[str, datetime]:
    """When each was seen last."""
    return dict(Heartbeat.objects.values_list("name", "seen_at"))
