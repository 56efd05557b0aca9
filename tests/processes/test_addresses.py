"""A database of one's own: the owner migrates, the portal serves as a lesser role."""

from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest

from odifund.launch.addresses import given_broker, given_database
from odifund.launch.postgres import OWNER, PORTAL, SUPERUSER, Postgres
from odifund.launch.refusal import Refusal
from odifund.launch.workplace import workplace

pytestmark = pytest.mark.slow
SETTINGS = "SELECT current_user, current_setting('jit'), current_setting('max_parallel_workers_per_gather')"


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    place = workplace(tmp_path_factory.mktemp("addresses") / "var")
    place.make()
    postgres = Postgres(place)
    process = postgres.start()
    yield postgres
    process.end()
    place.empty()


def ask(url, question):
    with closing(psycopg2.connect(url)) as session, session, session.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone() if cursor.description else None


def test_nothing_given_is_nothing_found():
    assert given_database({}) is None
    assert given_broker({}) is None


def test_two_addresses_are_taken_as_they_are(postgres):
    owner, portal = postgres.url(OWNER), postgres.url(PORTAL)
    found = given_database({"DATABASE_URL": portal, "DATABASE_OWNER_URL": owner})
    assert (found.owner, found.portal, found.role) == (owner, portal, PORTAL)
    assert ask(found.portal, SETTINGS) == (PORTAL, "off", "0")


def test_one_address_is_the_owners_and_the_portal_serves_as_a_lesser_role(postgres):
    ask(postgres.url(SUPERUSER), "CREATE ROLE somebody LOGIN CREATEROLE; GRANT odifund_portal TO somebody")
    found = given_database({"DATABASE_URL": postgres.url("somebody")})
    assert found.owner == postgres.url("somebody")
    assert ask(found.portal, SETTINGS) == (PORTAL, "off", "0")


def test_the_lesser_role_is_made_where_there_is_none(postgres):
    ask(postgres.url(SUPERUSER), "CREATE ROLE elsewhere SUPERUSER LOGIN")
    ask(postgres.url(SUPERUSER), f"ALTER ROLE {PORTAL} RENAME TO away")
    try:
        found = given_database({"DATABASE_URL": postgres.url("elsewhere")})
        assert ask(
            found.portal, "SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user"
        ) == (
            PORTAL,
            False,
        )
        ask(postgres.url(SUPERUSER), f"REVOKE {PORTAL} FROM elsewhere; DROP ROLE {PORTAL}")
    finally:
        ask(postgres.url(SUPERUSER), f"ALTER ROLE away RENAME TO {PORTAL}")


def test_an_address_whose_role_may_not_make_another_says_what_to_set(postgres):
    ask(postgres.url(SUPERUSER), "CREATE ROLE limited LOGIN")
    with pytest.raises(Refusal, match="set DATABASE_OWNER_URL to it and DATABASE_URL to a lesser role's"):
        given_database({"DATABASE_URL": postgres.url("limited")})


def test_a_database_that_is_not_there_is_named(postgres):
    missing = urlunsplit(urlsplit(postgres.url(OWNER))._replace(path="/missing"))
    with pytest.raises(Refusal, match=r'^DATABASE_URL does not answer: .*"missing" does not exist'):
        given_database({"DATABASE_URL": missing})


def test_data_of_another_version_are_kept_and_named(tmp_path):
    place = workplace(tmp_path / "var")
    place.make()
    postgres = Postgres(place)
    postgres.data.mkdir()
    (postgres.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal, match="was made by PostgreSQL 9 and"):
        postgres.start()
    assert (postgres.data / "PG_VERSION").exists()
    place.empty()
