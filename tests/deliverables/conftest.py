"""The stage that tests of delivery stand on: a decided tender, built once a process by every action before.

Each test works in a transaction of its own on that database, and is rolled back.
"""

import pytest

from tests import databases
from tests.factories import delivery


@pytest.fixture(scope="session")
def decided_database(django_db_setup, django_db_blocker):
    """A database in which the tender is decided and no contract offered."""
    name = databases.clone()
    with django_db_blocker.unblock():
        try:
            with databases.in_use(name):
                delivery.awarded()
            yield name
        finally:
            databases.drop(name)


@pytest.fixture
def on_the_stage(decided_database, django_db_blocker):
    """This test connects to that database."""
    with django_db_blocker.unblock():
        switch = databases.in_use(decided_database)
        switch.__enter__()
    yield
    with django_db_blocker.unblock():
        switch.__exit__(None, None, None)


@pytest.fixture
def _django_db_helper(on_the_stage, _django_db_helper):
    """pytest-django's own transaction, begun once the test is on the stage."""
    return _django_db_helper


@pytest.fixture
def committed_stage(decided_database, django_db_blocker):
    """The same stage, in a database that this test alone commits to: for threads."""
    with django_db_blocker.unblock(), databases.cloned(decided_database) as name:
        yield name
