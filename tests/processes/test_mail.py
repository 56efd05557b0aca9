"""Mail with real processes: a worker dies inside SMTP's DATA, before the server took the mail, and after."""

import threading
from collections import Counter

import pytest

from odifund.core.models import OutboxMessage
from tests.processes.conftest import wait_for

pytestmark = pytest.mark.slow

CLAIM = 6  # seconds; longer than a mail takes, short for a test
EVERYBODY = [f"person-{number}@example.org" for number in range(12)]
SET_UP = f"""
from odifund.core import clock, mail
for address in {EVERYBODY!r}:
    mail.queue("core/person_invited", key="1", to=[address], at=clock.now(), context={{"by": None}})
"""


def state_of(stack, address):
    return stack.ask("SELECT state FROM core_outboxmessage WHERE address = %s", address)


class Deadly:
    """What the mail server does with one address's mail: it waits until the worker is dead.

    Inside DATA its answer says that the mail was not taken in, which nobody is left to hear.
    """

    def __init__(self, address):
        self.address = address
        self.reached, self.dead = threading.Event(), threading.Event()

    def __call__(self, address):
        if address == self.address and not self.dead.is_set():
            self.reached.set()
            assert self.dead.wait(60)
            return "451 The worker is dead"
        return None


def kill_a_worker(stack, at):
    """Start one, and kill it there, with its claim."""
    stack.start_process("worker")
    assert at.reached.wait(60)
    assert state_of(stack, at.address) == OutboxMessage.State.CLAIMED
    stack.kill("worker")
    at.dead.set()


def test_a_worker_that_dies_while_it_sends_loses_no_mail(stack, postbox):
    stack.given |= {"MAIL_CLAIM_SECONDS": str(CLAIM)}
    stack.place.make()
    stack.start_servers()
    stack.prepare()
    stack.run(SET_UP)
    stack.start_process("beat")
    lost, doubled = EVERYBODY[4], EVERYBODY[8]
    postbox.inside_data, postbox.before_answer = Deadly(lost), Deadly(doubled)
    kill_a_worker(stack, postbox.inside_data)
    kill_a_worker(stack, postbox.before_answer)
    stack.start_process("worker")
    wait_for(lambda: stack.ask("SELECT bool_and(state = 'sent') FROM core_outboxmessage"))

    assert Counter(postbox.addresses) == Counter([*EVERYBODY, doubled]), "the rare double of ADR 5"
    keys = [mail["Message-ID"] for address, mail in postbox.mails if address == doubled]
    assert len(set(keys)) == 1, "their mail program can tell"
    tries = "SELECT attempts FROM core_outboxmessage WHERE address = %s"
    assert [stack.ask(tries, address) for address in (lost, doubled, EVERYBODY[0])] == [2, 2, 1]
    waited = "SELECT min(extract(epoch FROM sent_at - queued_at)) FROM core_outboxmessage WHERE attempts = 2"
    assert stack.ask(waited) > CLAIM
