"""What every test shares: real servers, a database of its own, the doors to both.

Ordinary tests take pytest-django's `db`: they run in a transaction that is rolled back.
Tests that commit (threads, browser, processes) take `committed_db`: a clone dropped afterwards.
"""

import os

import django
import hypothesis
import pytest

from tests import servers

IS_XDIST_WORKER = "PYTEST_XDIST_WORKER" in os.environ
SERVERS = None if IS_XDIST_WORKER else servers.Servers()

if SERVERS is not None:
    SERVERS.tell_environment()
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "odifund.settings",
    "ODIFUND_MODE": "test",
    "ODIFUND_VAR": str(servers.portals_folder()),
}
django.setup()
hypothesis.settings.register_profile("ci", derandomize=True, max_examples=50, deadline=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")

from tests import clamav, databases, serving  # noqa: E402


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """The servers and the template, before pytest-xdist starts its workers."""
    if SERVERS is not None and not session.config.option.collectonly:
        SERVERS.start()
        os.environ[servers.TEMPLATE] = databases.make_template(keep_others=not SERVERS.own_database)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure(config):
    if SERVERS is not None:
        SERVERS.end()


LONG = (
    "tests/house/test_access_matrix.py",
    "tests/house/test_queries.py",
    "tests/journeys/",
    "tests/processes/",
    "tests/browser/",
    "tests/house/",
)


def pytest_collection_modifyitems(items):
    """The longest files begin first, so that no process waits for another at the end."""
    begins = [next((n for n, path in enumerate(LONG) if path in item.nodeid), len(LONG)) for item in items]
    items[:] = [item for _, item in sorted(zip(begins, items, strict=True), key=lambda both: both[0])]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """Each process has its own clone of the template (in place of pytest-django's test database)."""
    with databases.cloned() as name:
        yield name


@pytest.fixture
def committed_db(request, django_db_setup, django_db_blocker):
    """A database that this test alone commits to; every thread of the process connects to it."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("A test takes `db` or `committed_db`, never both.")
    with django_db_blocker.unblock(), databases.cloned() as name:
        yield name


@pytest.fixture
def transactional_db():
    pytest.fail("The portal's role may not empty tables: take `committed_db`.")


@pytest.fixture
def live_server():
    pytest.fail("Take `live_portal`: it serves from a database that may be committed to.")


@pytest.fixture
def broker():
    """The address of the real broker."""
    return os.environ["REDIS_URL"]


@pytest.fixture(scope="session")
def clamd():
    """A scanner of this process's own; a missing one is a failure where CI is set."""
    if clamav.PROGRAM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(clamav.HOW_TO_GET_IT)
    with clamav.Clamd() as running:
        yield running


@pytest.fixture
def scanner(clamd, settings):
    """The portal of this test has a scanner, which knows one virus: `clamav.EICAR`."""
    settings.CLAMD = clamd.address
    return clamd


@pytest.fixture
def live_portal(committed_db):
    """The address of the portal, served by threads of this process from `committed_db`."""
    with serving.served() as address:
        yield address
