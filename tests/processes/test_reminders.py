"""Reminders with real processes: two workers, a broker that forgets, beat asleep over the moment.

Whatever happens to the processes, everybody gets one mail for one moment. The workers speak real SMTP.
"""

import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import redis
from celery import Celery

from tests.processes import due
from tests.processes.conftest import wait_for

pytestmark = pytest.mark.slow

SET_UP = """
from datetime import timedelta
from tests.processes import due
print(due.make(within=timedelta(seconds=15)).isoformat())
"""
EXPECTED = Counter((said, address) for said, addresses in due.SUBJECTS.items() for address in addresses)
WORKERS = ("worker", "worker-2")


def reminded(postbox):
    """How often each was told of each."""
    with postbox.lock:
        found = [(mail["Subject"], address) for address, mail in postbox.mails]
    return Counter((said, address) for subject, address in found for said in due.SUBJECTS if said in subject)


def count_of_rows(stack):
    return stack.ask("SELECT count(*) FROM core_reminder")


@contextmanager
def nothing_can_be_written_down(stack):
    """A reminder's row has to wait, and its task with it."""
    with stack.session() as cursor:
        cursor.execute("LOCK TABLE core_reminder IN SHARE ROW EXCLUSIVE MODE")
        yield


def is_under_way(stack):
    waits = "SELECT count(*) FROM pg_locks WHERE relation = 'core_reminder'::regclass AND NOT granted"
    return stack.ask(waits)


def ask_many_times(stack, task, times):
    """Send the task as beat does, and wait until the workers have done it."""
    with Celery(broker=stack.broker.replace("unix://", "redis+socket://")) as app:
        sent = [app.send_task(task).id for _ in range(times)]
    logs = [stack.processes[name].log for name in WORKERS]
    done = [f"{task}[{key}] succeeded" for key in sent]
    wait_for(lambda: all(any(line in log.read_text() for log in logs) for line in done))


def test_everybody_is_reminded_once_whatever_the_processes_go_through(stack, postbox):
    stack.place.make()
    stack.start_servers()
    stack.prepare()
    moment = datetime.fromisoformat(stack.run(SET_UP))
    for worker in WORKERS:
        stack.start_process(worker)
    time.sleep(max(0, (moment - datetime.now(UTC)).total_seconds()) + 2)
    assert (count_of_rows(stack), reminded(postbox)) == (0, Counter()), "beat sleeps over the moment"

    broker = redis.from_url(stack.broker)
    with nothing_can_be_written_down(stack):
        stack.start_process("beat")
        wait_for(lambda: is_under_way(stack))
        broker.flushall()
        for worker in WORKERS:
            stack.kill(worker)
    assert count_of_rows(stack) == 0, "the task is gone from the broker, and died before its rows existed"

    for worker in WORKERS:
        stack.start_process(worker)
    wait_for(lambda: count_of_rows(stack), 90)
    broker.flushall()
    wait_for(lambda: set(reminded(postbox)) == set(EXPECTED), 90)

    stack.kill("beat")
    stack.start_process("beat")
    ask_many_times(stack, "core.remind", 8)
    ask_many_times(stack, "core.send_mail", 8)
    assert reminded(postbox) == EXPECTED
    assert count_of_rows(stack) == EXPECTED.total()
