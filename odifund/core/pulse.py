"""Whether the database answers, found out within a limit whatever state it is in.

A server that hangs takes a connection and then says nothing, and an ordinary question waits for it
without end. This one is asked on a connection of its own that never blocks.
"""

import select
import time
from contextlib import closing
from typing import Any

import psycopg2
from django.db import connection
from psycopg2.extensions import POLL_OK, POLL_READ

LIMIT = 2.0  # seconds


def ask_database(question: str, *, within: float = LIMIT) -> tuple[Any, ...] | None:
    """The first row of the answer; TimeoutError when there is none in time, psycopg2's own when it fails."""
    until = time.monotonic() + within
    with closing(psycopg2.connect(**connection.get_connection_params(), async_=True)) as session:
        _wait(session, until)
        with closing(session.cursor()) as cursor:
            cursor.execute(question)
            _wait(session, until)
            row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _wait(session: Any, until: float) -> None:
    """Until what was begun is done."""
    while (state := session.poll()) != POLL_OK:
        door = select.poll()
        door.register(session, select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not door.poll(max(0.0, until - time.monotonic()) * 1000):
            raise TimeoutError("the database does not answer")
