"""Databases for tests: one migrated template, and clones of it that cost a tenth of a second.

The template is made by the owner and named by a hash of the migrations, so it is made once and found
again. Tests connect as the portal's lesser role, as the portal does.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.db import connection, connections

from odifund.launch.workplace import CHECKOUT
from tests.servers import OWNER_URL, PORTAL_ROLE, TEMPLATE

PREFIX = "odifund_test_"
DECIDES = (
    "*/migrations/*.py",
    "odifund/core/migrations/*.py",
    "odifund/core/models/*.py",
    "odifund/core/management/commands/grant_portal_role.py",
    "requirements.txt",
)
_numbers = count(1)


def make_template(keep_others: bool) -> str:
    """The migrated template of today's migrations, made when it is not there yet."""
    name = PREFIX + _digest_of_migrations()
    with _as_owner() as owner:
        owner.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname::text, %s)", [PREFIX])
        present = {row[0] for row in owner.fetchall()}
        if name not in present:
            _migrate(owner, f"{name}_unfinished")
            owner.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
        if not keep_others:
            for other in present - {name}:
                owner.execute(f"DROP DATABASE IF EXISTS {other} WITH (FORCE)")
    return name


def clone(template: str | None = None) -> str:
    """A new database like the template, the migrated one unless another is named."""
    template = template or os.environ[TEMPLATE]
    name = f"{PREFIX}{os.getpid()}_{next(_numbers)}"
    with _as_owner() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return name


def drop(name: str) -> None:
    """Drop a database, whoever is still connected."""
    with _as_owner() as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def in_use(name: str) -> Iterator[str]:
    """Every thread that connects from now on connects to this database."""
    settings = connections.settings["default"]
    connection.close()
    before, settings["NAME"] = settings["NAME"], name
    try:
        yield name
    finally:
        connection.close()
        settings["NAME"] = before


@contextmanager
def cloned(template: str | None = None) -> Iterator[str]:
    """A clone that is in use inside, and dropped afterwards."""
    name = clone(template)
    try:
        with in_use(name):
            yield name
    finally:
        drop(name)


def owners_address(database: str) -> str:
    """The owner's address of a database beside the one it was given."""
    return urlunsplit(urlsplit(os.environ[OWNER_URL])._replace(path=f"/{database}"))


@contextmanager
def _as_owner():
    with closing(psycopg2.connect(os.environ[OWNER_URL])) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            yield cursor


def _migrate(owner, name: str) -> None:
    owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    owner.execute(f"CREATE DATABASE {name}")
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), "prepare_database", "--verbosity", "0"],
        cwd=CHECKOUT,
        env=os.environ | {"DATABASE_URL": owners_address(name), "PORTAL_ROLE": os.environ[PORTAL_ROLE]},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py prepare_database failed:\n{done.stdout}{done.stderr}")


def _digest_of_migrations() -> str:
    digest = hashlib.sha256()
    for file in sorted({file for pattern in DECIDES for file in CHECKOUT.glob(pattern)}):
        digest.update(str(file.relative_to(CHECKOUT)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]
