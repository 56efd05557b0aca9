"""Migrations are only added to: a database that `make run` kept must be able to follow."""

from tests.house.landed import landed, present


def test_no_landed_migration_is_changed_or_gone():
    changed = [path for path, digest in landed().items() if present().get(path) != digest]
    assert changed == [], "write a new migration instead"


def test_every_migration_is_written_down_as_landed():
    assert set(present()) - set(landed()) == set(), "`python -m tests.house.landed` adds it"
