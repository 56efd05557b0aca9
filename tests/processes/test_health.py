"""`/healthz` tells the truth about processes that die or hang, and says it in time."""

import json
import time
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.slow
SAID_WITHIN = 5  # seconds; Docker's and the launcher's own limit


def asked(stack, which=""):
    """The status and the words of `/healthz`."""
    try:
        with urllib.request.urlopen(f"{stack.address}/healthz{which}", timeout=SAID_WITHIN) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


def test_a_frozen_database_turns_bidders_away_at_once_and_they_come_back(stack):
    stack.start()
    assert asked(stack)[0] == 200
    stack.stop("database")
    try:
        for _ in range(3):  # no question that was left hanging stands in the way of the next
            status, words = asked(stack)
            assert (status, words["database"]) == (503, "failed: TimeoutError")
            assert words["worker"] == words["beat"] == "not known"
    finally:
        stack.go_on("database")
    until = time.monotonic() + 20
    while asked(stack)[0] != 200:
        assert time.monotonic() < until, asked(stack)
        time.sleep(0.1)
