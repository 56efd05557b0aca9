"""The database is asked within a limit, in whatever state it is."""

import socket
import time

import psycopg2
import pytest
from django.db import connections

from odifund.core import pulse


@pytest.fixture
def elsewhere():
    """`elsewhere(host, port)` has the portal look for its database there."""
    settings = connections.settings["default"]
    before = {name: settings[name] for name in ("HOST", "PORT")}

    def elsewhere(host, port):
        settings["HOST"], settings["PORT"] = host, str(port)

    yield elsewhere
    settings.update(before)


def test_a_database_that_answers_is_heard(db):
    assert pulse.ask_database("SELECT 1, 'two'") == (1, "two")


def test_one_that_takes_its_time_is_not_waited_for(db):
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        pulse.ask_database("SELECT pg_sleep(5)", within=0.2)
    assert time.monotonic() - began < 2


def test_one_that_takes_the_connection_and_says_nothing_is_not_waited_for(elsewhere):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        elsewhere(*door.getsockname())
        began = time.monotonic()
        with pytest.raises(TimeoutError):
            pulse.ask_database("SELECT 1", within=0.2)
    assert time.monotonic() - began < 2


def test_one_that_is_not_there_fails_at_once(elsewhere):
    elsewhere("127.0.0.1", 1)
    with pytest.raises(psycopg2.OperationalError):
        pulse.ask_database("SELECT 1")
