"""Reminders with real processes: two workers, a broker that forgets, beat asleep over the moment.

Whatever happens to the processes, everybody gets one mail for one moment. Worker and beat speak real SMTP.
"""

import subprocess
import sys
import time
from collections import Counter

import psycopg2
import pytest
import redis
from aiosmtpd.controller import Controller

from odifund.launch.workplace import CHECKOUT
from tests.core.smtp import Postbox, free_port

pytestmark = pytest.mark.slow

WATCHERS = [f"watcher-{number}@example.org" for number in range(12)]
SEED = f"""
from datetime import timedelta
from odifund.core import clock
from odifund.core.models import Person
from tenders.actions import watch
from tests.factories.tender import published_tender

began = clock.now() - timedelta(days=14)  # questions close in less than two days: the moment has passed
tender = published_tender(at=began)
for address in {WATCHERS!r}:
    watch.start(tender, by=Person.objects.make(address, address, joined_at=began), at=began)
"""


@pytest.fixture
def postbox():
    postbox = Postbox()
    controller = Controller(postbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    postbox.port = controller.port
    yield postbox
    controller.stop()


def reminded(postbox):
    """How many reminders each watcher was sent."""
    with postbox.lock:
        return Counter(
            address
            for address, mail in postbox.mails
            if address in WATCHERS and "questions close" in mail["Subject"]
        )


def wait_for(what, seconds):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.2)


def rows_of(stack):
    with psycopg2.connect(stack.database.owner) as session, session.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_reminder WHERE kind = 'tenders/questions_close'")
        return cursor.fetchone()[0]


def test_everybody_is_reminded_once_whatever_the_processes_go_through(stack, postbox):
    stack.given |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(postbox.port)}
    stack.place.make()
    stack.start_servers()
    stack.prepare()
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", SEED],
        cwd=CHECKOUT,
        env=stack.environment(),
        check=True,
    )
    stack.start_process("worker")
    stack.start_process("worker-2")
    time.sleep(2)
    assert not reminded(postbox), "nobody wakes the workers yet: beat sleeps over the moment"

    stack.start_process("beat")
    wait_for(lambda: rows_of(stack), 60)
    redis.from_url(stack.broker).flushall()
    stack.kill("worker")
    stack.start_process("worker")
    wait_for(lambda: set(reminded(postbox)) == set(WATCHERS), 90)

    redis.from_url(stack.broker).flushall()
    stack.kill("beat")
    stack.start_process("beat")
    time.sleep(40)  # more than one round of reminding
    assert reminded(postbox) == Counter(WATCHERS)
    assert rows_of(stack) == len(WATCHERS)
