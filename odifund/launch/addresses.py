"""Where the database and the broker answer: the addresses given, or those of our own servers.

A database has two addresses, one of its owner, who migrates, and one of the lesser role that the
portal serves as. When DATABASE_URL alone is given it is the owner's, and the lesser role is made.
"""

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import psycopg2
import redis

from odifund.launch.postgres import PORTAL
from odifund.launch.refusal import Refusal

ANSWER_LIMIT = 5  # seconds


@dataclass(frozen=True)
class Addresses:
    """One database, seen by its owner and by the portal; `role` is whom the portal is there."""

    owner: str
    portal: str
    role: str


def given_database(environment: Mapping[str, str]) -> Addresses | None:
    """What DATABASE_URL and DATABASE_OWNER_URL name, once both were seen to answer."""
    portal, owner = environment.get("DATABASE_URL"), environment.get("DATABASE_OWNER_URL")
    if not portal:
        return None
    for name, url in (("DATABASE_OWNER_URL", owner), ("DATABASE_URL", portal)):
        if url:
            _check_database(name, url)
    if owner:
        return Addresses(owner, portal, unquote(urlsplit(portal).username or getpass.getuser()))
    _make_lesser_role(portal)
    mark = "&" if urlsplit(portal).query else "?"
    options = f"-c role={PORTAL} -c jit=off -c max_parallel_workers_per_gather=0"
    return Addresses(portal, f"{portal}{mark}options={quote(options)}", PORTAL)


def given_broker(environment: Mapping[str, str]) -> str | None:
    """What REDIS_URL names, once it was seen to answer."""
    url = environment.get("REDIS_URL")
    if not url:
        return None
    try:
        redis.from_url(url, socket_connect_timeout=ANSWER_LIMIT, socket_timeout=ANSWER_LIMIT).ping()
    except (redis.RedisError, ValueError) as error:
        raise Refusal(f"REDIS_URL does not answer: {_first_line(error)}") from None
    return url


def _check_database(name: str, url: str) -> None:
    try:
        psycopg2.connect(url, connect_timeout=ANSWER_LIMIT).close()
    except psycopg2.Error as error:
        raise Refusal(f"{name} does not answer: {_first_line(error)}") from None


def _make_lesser_role(url: str) -> None:
    connection = psycopg2.connect(url, connect_timeout=ANSWER_LIMIT)
    try:
        with connection, connection.cursor() as cursor:
            question = "SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = %s"
            cursor.execute(question, [PORTAL])
            member = cursor.fetchone()
            if member is None:
                cursor.execute(f"CREATE ROLE {PORTAL} NOLOGIN")
            if member != (True,):
                cursor.execute(f"GRANT {PORTAL} TO CURRENT_USER")
    except psycopg2.Error as error:
        raise Refusal(
            "DATABASE_URL's role cannot make the lesser role that the portal serves as"
            f" ({_first_line(error)}): set DATABASE_OWNER_URL to it and DATABASE_URL to a lesser role's."
        ) from None
    finally:
        connection.close()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
