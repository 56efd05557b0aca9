"""The rush before a deadline, with 20 consortia: nothing that was told "received" is lost, whatever dies."""

import json
import subprocess
import sys

import pytest

from odifund.launch.workplace import CHECKOUT
from tests.benchmarks import rush
from tests.benchmarks.crowd import Bidder

pytestmark = pytest.mark.slow
SIZE = 20


@pytest.fixture(scope="module")
def crowd(stack, tmp_path_factory):
    """The portal with a tender that is open, and its bidders' browsers."""
    stack.start()
    file = tmp_path_factory.mktemp("crowd") / "bidders.json"
    command = [sys.executable, "-m", "tests.benchmarks.crowd", str(SIZE), str(file)]
    environment = stack.environment() | {"DJANGO_SETTINGS_MODULE": "odifund.settings", "ODIFUND_MODE": "test"}
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
    made = json.loads(file.read_text())
    clients = [rush.Client(stack.port, Bidder(**each)) for each in made["bidders"]]
    return clients, made["tender"]


def test_whoever_is_told_received_is_in_the_register_once_whatever_hangs_or_is_killed(stack, crowd):
    """One test in this order, since its end closes the tender."""
    clients, reference = crowd
    assert {client.upload(200_000) for client in clients} == {302}
    rush.submit_within(clients, 1, "all")
    stack.stop("broker")
    with rush.slow_uploads(clients, 10):
        rush.submit_within(clients, 1, "all")
    stack.go_on("broker")
    assert [client.refused for client in clients] == [[]] * SIZE
    assert rush.lost_and_doubled(stack, clients) == ([], 0)
    rush.kill_in_the_middle(stack, clients, ("web", "worker", "broker", "database"), 8)
    assert all(client.receipts for client in clients)
    assert rush.lost_and_doubled(stack, clients) == ([], 0)
    listed = rush.close_and_read_register(stack, reference)
    assert len(listed) == len(set(listed)) == SIZE
    assert set(listed) == set(rush.standing_receipts(stack, clients))
