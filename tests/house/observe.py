"""What every address answers now, in the form of permissions.txt: `pytest tests/house/observe.py`.

Writes `var/observed/`; `write` puts the stages together in `var/observed.txt`. Not collected by itself.
ONLY="tenders:proposal tenders:costs" asks some, into `var/observed-some/`.
Read each difference before it goes into the table: the table is the promise, this is what happens to be so.
"""

import json
import os

import pytest

from tests.house import matrix, world
from tests.house.addresses import all_addresses
from tests.house.asking import answers, clients, meaning
from tests.house.source import ROOT

OBSERVED = ROOT / "var" / ("observed-some" if os.environ.get("ONLY") else "observed")


@pytest.mark.parametrize("stage", world.STAGES)
def test_observe(db, stage):
    built = world.build(stage)
    browsers = clients(built)
    only = os.environ.get("ONLY", "").split()
    asked = [address for address in all_addresses() if not only or address.name in only]
    found = {
        address.name: {who: meaning(said) for who, said in answers(built, address, browsers).items()}
        for address in asked
    }
    OBSERVED.mkdir(parents=True, exist_ok=True)
    (OBSERVED / f"{stage}.json").write_text(json.dumps(found))


def write():
    """The stages together; `python -c 'from tests.house.observe import write; write()'`."""
    stages = {stage: json.loads((OBSERVED / f"{stage}.json").read_text()) for stage in world.STAGES}
    names = stages["draft"]
    told = {name: {stage: stages[stage][name] for stage in world.STAGES} for name in names}
    OBSERVED.with_suffix(".txt").write_text(matrix.written(told))
