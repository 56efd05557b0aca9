"""What the tests' databases promise: the portal's lesser role, and nothing left behind."""

import threading
from datetime import UTC, datetime

import psycopg2
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from odifund.core.models import Heartbeat
from tests import databases

MOMENT = datetime(2017, 9, 22, 16, tzinfo=UTC)


def rows(question):
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def test_tests_connect_as_the_lesser_role(db):
    role, superuser, tables_owned = rows(
        "SELECT current_user, rolsuper, (SELECT count(*) FROM pg_tables WHERE tableowner = current_user)"
        " FROM pg_roles WHERE rolname = current_user"
    )[0]
    assert role == "odifund_portal"
    assert not superuser
    assert tables_owned == 0


def test_the_lesser_role_cannot_empty_or_make_tables(db):
    for statement in (
        "TRUNCATE core_heartbeat",
        "CREATE TABLE more (id int)",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(statement)


def test_a_committed_database_is_shared_by_threads_and_dropped(committed_db):
    def commit_elsewhere():
        Heartbeat.objects.create(name="elsewhere", seen_at=MOMENT)
        connection.close()

    thread = threading.Thread(target=commit_elsewhere)
    thread.start()
    thread.join()
    assert Heartbeat.objects.filter(name="elsewhere").exists()
    databases.drop(committed_db)
    with pytest.raises(psycopg2.OperationalError, match="does not exist"):
        psycopg2.connect(databases.owners_address(committed_db))


def test_a_clone_holds_what_its_template_holds(committed_db):
    Heartbeat.objects.create(name="stage", seen_at=MOMENT)
    connection.close()
    with databases.cloned(committed_db):
        assert Heartbeat.objects.filter(name="stage").exists()
        Heartbeat.objects.create(name="only in the clone", seen_at=MOMENT)
    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["stage"]
