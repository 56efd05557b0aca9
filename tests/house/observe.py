"""What every address answers now, in the form of permissions.txt: `pytest tests/house/observe.py`.

Writes `var/observed.txt`. Not collected by itself. Read each difference before it goes into the
table: the table is the promise, this is only what happens to be so. ONLY=word narrows the addresses.
"""

import os

import pytest

from tests.house import matrix, world
from tests.house.addresses import all_addresses
from tests.house.asking import answers, clients
from tests.house.source import ROOT


@pytest.fixture(scope="module")
def observed():
    found = {address.name: {} for address in addresses()}
    yield found
    (ROOT / "var" / "observed.txt").write_text(matrix.written(found))


def addresses():
    return [address for address in all_addresses() if os.environ.get("ONLY", "") in address.name]


@pytest.mark.parametrize("stage", world.STAGES)
def test_observe(db, observed, stage):
    built = world.build(stage)
    browsers = clients(built)
    for address in addresses():
        observed[address.name][stage] = answers(built, address, browsers)
