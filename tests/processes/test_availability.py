"""The record of when the portal was open, with processes that are killed, frozen and started again."""

import time
import urllib.request

import pytest

from tests.processes.conftest import wait_for

pytestmark = pytest.mark.slow
EVERY = 1  # seconds between two canaries; three without one are a gap
COUNT = "SELECT count(*) FROM core_openspan"
EVENTS = "SELECT count(*) FROM core_event WHERE name = 'portal.was_away'"
LAST = "SELECT extract(epoch FROM max(last_at)) FROM core_openspan"
AGE = "SELECT extract(epoch FROM clock_timestamp() - max(last_at)) FROM core_openspan"


@pytest.fixture(scope="module")
def running(stack):
    """Web alone with its database: the record needs neither broker nor worker nor beat."""
    stack.given |= {"CANARY_SECONDS": str(EVERY)}
    stack.start()
    for name in ("beat", "worker", "broker"):
        stack.kill(name)
    return stack


def is_written(stack):
    return wait_for(lambda: (stack.ask(AGE) or 99) < 2 * EVERY)


def page(stack):
    with urllib.request.urlopen(f"{stack.address}/availability/", timeout=5) as answer:
        return answer.read().decode()


def test_it_is_written_without_broker_worker_and_beat(running):
    is_written(running)
    before, until = running.ask(COUNT), running.ask(LAST)
    wait_for(lambda: running.ask(LAST) - until > 4 * EVERY)
    assert running.ask(COUNT) == before, "no gap"


def test_a_web_server_that_was_killed_leaves_a_gap(running):
    is_written(running)
    before, told = running.ask(COUNT), running.ask(EVENTS)
    running.kill("web")
    wait_for(lambda: running.ask(AGE) > 4 * EVERY)
    running.start_again("web")
    wait_for(lambda: running.ask(COUNT) == before + 1)
    assert running.ask(EVENTS) == told + 1
    assert "Away for" in page(running)


def test_a_web_server_that_lives_and_answers_nobody_leaves_a_gap(running):
    is_written(running)
    before = running.ask(COUNT)
    running.stop("web")
    try:
        wait_for(lambda: running.ask(AGE) > 4 * EVERY)
    finally:
        running.go_on("web")
    wait_for(lambda: running.ask(COUNT) == before + 1)


def test_a_frozen_database_leaves_a_gap(running):
    is_written(running)
    before = running.ask(COUNT)
    running.stop("database")
    try:
        time.sleep(5 * EVERY)
    finally:
        running.go_on("database")
    wait_for(lambda: running.ask(COUNT) == before + 1)
