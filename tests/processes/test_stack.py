"""The stack that process tests use keeps its promises."""

import urllib.request

import pytest
import redis

pytestmark = pytest.mark.slow


def test_a_stack_can_be_killed_and_started_again(stack):
    stack.start()
    assert all(stack.owns(name) for name in ("database", "broker", "web", "worker", "beat"))
    stack.kill("database")
    stack.start_again("database")
    stack.kill("broker")
    stack.start_again("broker")
    assert redis.from_url(stack.broker).ping()
    with urllib.request.urlopen(f"{stack.address}/healthz", timeout=10) as answer:
        assert answer.status == 200
