"""Signs of life of the processes in the background, kept as rows."""

from datetime import datetime

from django.db import Error, close_old_connections, connection

from odifund.core.models import Heartbeat


def leave(name: str, at: datetime) -> None:
    """The process of this name lives."""
    Heartbeat.objects.update_or_create(name=name, defaults={"seen_at": at})


def leave_if_heard(name: str, at: datetime) -> None:
    """The same from a process that goes on when the database is away."""
    try:
        close_old_connections()
        leave(name, at)
    except Error:
        connection.close()


def last_seen() -> dict[str, datetime]:
    """When each was seen last."""
    return dict(Heartbeat.objects.values_list("name", "seen_at"))
