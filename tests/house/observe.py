"""Prints what every address answers now, in the form of permissions.txt: `pytest tests/house/observe.py -s`.

Not collected by itself. Read each change before it goes into the table: the table is the promise.
"""

from tests.house import matrix, world
from tests.house.addresses import all_addresses
from tests.house.asking import answers, clients, undone


def test_observe(db, tmp_path_factory):
    observed = {address.name: {} for address in all_addresses()}
    for stage in world.STAGES:
        with undone():
            built = world.build(stage)
            browsers = clients(built)
            for address in all_addresses():
                observed[address.name][stage] = answers(built, address, browsers)
    with open("/tmp/observed.txt", "w") as file:
        file.write(matrix.written(observed))
