"""`/healthz` tells the truth about processes that die or hang, and says it in time."""

import json
import time
import urllib.error
import urllib.request
from contextlib import closing

import psycopg2
import pytest

from odifund.launch.watch import Watch

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("running")]
SAID_WITHIN = 5  # seconds; Docker's and the launcher's own limit


@pytest.fixture(scope="module")
def running(stack):
    """All of it; every test leaves it so."""
    stack.start()


def asked(stack, which=""):
    """The status and the words of `/healthz`."""
    try:
        with urllib.request.urlopen(f"{stack.address}/healthz{which}", timeout=SAID_WITHIN) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)
    except urllib.error.URLError:
        return 0, {}


def wait_until(stack, which, status, meanwhile=lambda now: None, **words):
    """Until `/healthz` answers so."""
    until = time.monotonic() + 60
    while (said := asked(stack, which))[0] != status or not words.items() <= said[1].items():
        assert time.monotonic() < until, said
        meanwhile(time.monotonic())
        time.sleep(0.2)


def test_a_worker_is_seen_without_beat(stack):
    stack.kill("beat")
    forget("beat", stack)
    forget("worker", stack)
    wait_until(stack, "?all", 503, worker="ok", beat="never seen")
    stack.start_again("beat")
    wait_until(stack, "?all", 200)


def test_a_worker_that_was_without_broker_leaves_signs_again(stack):
    stack.kill("broker")
    wait_until(stack, "", 200, broker="failed: ConnectionError")
    forget("worker", stack)
    stack.start_again("broker")
    # Celery's worker often finds its way back by itself, and ends when it was just acknowledging a
    # task (kombu 5.7: "'NoneType' object has no attribute 'hostname'"): who watches starts it again.
    wait_until(stack, "?all", 200, meanwhile=Watch(stack).look)


def forget(name, stack):
    """As if the process of this name had never been seen."""
    with closing(psycopg2.connect(stack.database.owner)) as session, session, session.cursor() as cursor:
        cursor.execute("DELETE FROM core_heartbeat WHERE name = %s", [name])


def test_a_frozen_database_turns_bidders_away_in_time_until_it_goes_on(stack):
    stack.stop("database")
    try:
        for _ in range(3):  # no question that was left hanging stands in the way of the next
            status, words = asked(stack)
            assert (status, words["database"]) == (503, "failed: TimeoutError")
            assert words["worker"] == words["beat"] == "not known"
    finally:
        stack.go_on("database")
    wait_until(stack, "?all", 200)
