"""When a process dies, what may be late is started again, and without the rest the run ends."""

import time

import pytest

from odifund.launch.refusal import Refusal
from odifund.launch.watch import PAUSES, STEADY, Watch

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def servers(stack):
    stack.place.make()
    stack.start_servers()
    return stack


@pytest.fixture
def said():
    return []


@pytest.fixture
def watch(servers, said):
    servers.start_process("worker")
    yield Watch(servers, said.append)
    servers.kill("worker")


def die(watch, now):
    watch.stack.kill("worker")
    watch.look(now)


def test_it_pauses_longer_each_time_and_then_carries_on_without(watch, said):
    now = time.monotonic()
    for pause in PAUSES:
        die(watch, now)
        assert said.pop().startswith(
            f"The worker process was killed by SIGKILL; it is started again in {pause} s"
        )
        watch.look(now + pause - 0.1)
        assert not watch.stack.processes["worker"].alive()
        now += pause
        watch.look(now)
        assert watch.stack.owns("worker")
    die(watch, now)
    assert "was started again 4 times. The portal carries on without it" in said.pop()
    watch.look(now + STEADY)
    assert not watch.stack.processes["worker"].alive()
    assert said == []
    watch.stack.start_again("worker")


def test_who_ran_for_long_has_all_tries_again(watch, said):
    now = time.monotonic()
    for _ in range(2 * len(PAUSES)):
        die(watch, now)
        watch.look(now + 1)
        now += STEADY + 2
    assert len(said) == 2 * len(PAUSES)
    assert all("started again in 1 s" in line for line in said)


def test_without_the_database_it_ends_and_says_what_happened(watch, said):
    watch.stack.kill("database")
    with pytest.raises(Refusal, match=r"^The database process was killed by SIGKILL \(its log: "):
        watch.look(time.monotonic())
    watch.stack.start_again("database")
    assert said == []
