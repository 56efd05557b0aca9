"""`/healthz` for machines: 503 only when a proposal could not be taken."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest
from django.db import connections

from odifund.core import clock, heartbeat
from tests import databases

NOW = datetime.now(UTC)


@pytest.fixture
def all_seen(db):
    for name in ("worker", "beat"):
        heartbeat.leave(name, datetime.now(UTC))


@pytest.fixture
def dead_broker(settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nobody-listens.sock"


def test_all_is_well(client, all_seen):
    answer = client.get("/healthz?all")
    assert answer.status_code == 200
    parts = ("web", "database", "storage", "broker", "worker", "beat")
    no_scanner = {"scanner": "none: files are not checked for viruses"}
    assert answer.json() == dict.fromkeys(parts, "ok") | no_scanner
    assert "no-store" in answer["Cache-Control"]


def test_a_background_that_sleeps_is_no_reason_to_turn_bidders_away(client, db, dead_broker):
    heartbeat.leave("beat", datetime.now(UTC) - timedelta(minutes=2))
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json()["broker"].startswith("failed: ")
    assert answer.json()["worker"] == "never seen"
    assert answer.json()["beat"].startswith("not seen since ")


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_whoever_asks_for_all_hears_of_a_sleeping_background(client, all_seen, name):
    heartbeat.leave(name, datetime.now(UTC) - timedelta(minutes=2))
    assert client.get("/healthz?all").status_code == 503


def test_whoever_asks_for_all_hears_of_a_dead_broker(client, all_seen, dead_broker):
    answer = client.get("/healthz?all")
    assert answer.status_code == 503
    assert answer.json()["worker"] == "ok"


def test_whoever_asks_for_all_hears_of_a_dead_scanner(client, all_seen, settings, tmp_path):
    settings.CLAMD = f"unix:{tmp_path}/nobody-listens.sock"
    answer = client.get("/healthz?all")
    assert (answer.status_code, answer.json()["scanner"]) == (503, "failed: Away")
    assert client.get("/healthz").status_code == 200


def test_a_scanner_that_answers_is_well(client, all_seen, scanner):
    answer = client.get("/healthz?all")
    assert (answer.status_code, answer.json()["scanner"]) == (200, "ok")


def test_a_folder_that_takes_no_files_turns_bidders_away(client, all_seen, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "folder"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["storage"] == "failed: NotADirectoryError"
    assert str(tmp_path) not in answer.content.decode()


def test_the_canary_leaves_nothing_behind(client, all_seen, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    assert client.get("/healthz").json()["storage"] == "ok"
    assert list(settings.MEDIA_ROOT.iterdir()) == []


def test_whoever_asks_often_writes_to_the_storage_once_in_five_seconds(client, all_seen, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    moment = datetime(2026, 1, 1, 12, 0, 0, tzinfo=UTC)
    written = []
    for second in (0, 1, 2, 4, 5, 6):
        with clock.held_at(moment + timedelta(seconds=second)):
            client.get("/healthz")
        written.append(settings.MEDIA_ROOT.exists())
        if written[-1]:
            settings.MEDIA_ROOT.rmdir()
    assert written == [True, False, False, False, True, False]


def test_a_storage_that_breaks_is_known_seconds_later(client, all_seen, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    moment = datetime(2026, 1, 1, 12, 0, 4, tzinfo=UTC)
    with clock.held_at(moment):
        assert client.get("/healthz").status_code == 200
    settings.MEDIA_ROOT.rmdir()
    settings.MEDIA_ROOT.touch()
    with clock.held_at(moment + timedelta(seconds=5)):
        assert client.get("/healthz").status_code == 503


def test_a_database_that_is_away_turns_bidders_away(client, committed_db):
    settings = connections.settings["default"]
    before, settings["PORT"] = settings["PORT"], "1"
    connections["default"].close()
    try:
        answer = client.get("/healthz")
    finally:
        settings["PORT"] = before
    assert answer.status_code == 503
    assert answer.json()["database"] == "failed: OperationalError"
    assert answer.json()["worker"] == answer.json()["beat"] == "not known"


def test_a_database_that_takes_no_rows_turns_bidders_away(client, committed_db):
    with closing(psycopg2.connect(databases.owners_address(committed_db))) as owner:
        owner.autocommit = True
        owner.cursor().execute(f"ALTER DATABASE {committed_db} SET default_transaction_read_only = on")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "failed: DatabaseError"


def test_it_is_asked_for_and_not_sent_to(client, db):
    assert client.post("/healthz").status_code == 405
