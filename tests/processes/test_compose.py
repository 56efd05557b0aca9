"""What compose.yaml gives a database of its own is enough to prepare it and to serve from it, and no more.

No container is started: its statements are read from the file and run on a real PostgreSQL.
"""

import os
import re
import subprocess
import sys
from contextlib import closing

import psycopg2
import pytest

from odifund.launch.postgres import DATABASE, OWNER, PORTAL, SUPERUSER, Postgres
from odifund.launch.workplace import CHECKOUT, workplace

COMPOSE = (CHECKOUT / "compose.yaml").read_text()


def config(name):
    """What the file of this name in a container holds."""
    return re.search(rf"^  {name}:.*\n    content: \|\n((?: {{6}}.*\n)+)", COMPOSE, re.MULTILINE)[1]


@pytest.fixture
def postgres(tmp_path):
    """A database server that knows nobody but its superuser."""
    place = workplace(tmp_path / "var")
    place.make()
    postgres = Postgres(place)
    process = postgres.start()
    say(postgres, f"DROP DATABASE {DATABASE}; DROP ROLE {OWNER}; DROP ROLE {PORTAL}")
    yield postgres
    process.end()
    place.empty()


def say(postgres, statements):
    with closing(psycopg2.connect(postgres.url(SUPERUSER, "postgres"))) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            for statement in statements.split(";"):
                if statement.strip():
                    cursor.execute(statement)


def test_its_two_roles_are_enough_to_prepare_and_to_serve(postgres):
    say(postgres, config("roles"))
    assert "command: [python, manage.py, prepare_database]" in COMPOSE
    subprocess.run(
        [sys.executable, "manage.py", "prepare_database", "--verbosity", "0"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": postgres.url(OWNER), "PORTAL_ROLE": PORTAL},
        check=True,
    )
    with closing(psycopg2.connect(postgres.url(PORTAL))) as session, session.cursor() as cursor:
        cursor.execute("INSERT INTO core_heartbeat VALUES ('worker', now())")
        cursor.execute("SELECT current_setting('jit'), current_setting('max_parallel_workers_per_gather')")
        assert cursor.fetchone() == ("off", "0")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM core_event")


def test_neither_of_its_two_roles_is_a_superuser(postgres):
    say(postgres, config("roles"))
    for role in (OWNER, PORTAL):
        with closing(psycopg2.connect(postgres.url(role))) as session, session.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False, False)
    assert "POSTGRES_USER" not in COMPOSE, "the superuser is the image's own"


def test_web_is_asked_for_anew_and_only_once_it_serves():
    proxy = config("nginx")
    assert "proxy_pass $$web;" in proxy, "a name in proxy_pass itself is looked up once"
    assert "resolver 127.0.0.11" in proxy
    assert "web: {condition: service_healthy}" in COMPOSE
