"""The trail: written once, chained without a fork, and whoever changes it is found out."""

import threading
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction
from django.db.utils import ProgrammingError

from odifund.core import audit, clock
from odifund.core.models import Event, EventDetails, Link, PublishedHead
from tests import cast, databases
from tests.core.ground import AT, a_tender

WRITTEN_ONCE = ["core_event", "core_link", "core_publishedhead"]


def happen(times=3):
    tender, by = a_tender(), cast.person("manager", at=AT)
    return [
        audit.record("tender.edited", tender, by=by, at=AT, facts={"n": n}, details={"what": f"word {n}"})
        for n in range(times)
    ]


def link_all():
    while audit.link(AT):
        pass


@contextmanager
def as_owner(name, *, triggers=True):
    """The owner's own session, as somebody with the server's keys would have it."""
    with closing(psycopg2.connect(databases.owners_address(name))) as session:
        session.autocommit = True
        with session.cursor() as cursor:
            for table in WRITTEN_ONCE if not triggers else ():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_serving_role_has_no_right_to_change_the_trail(committed_db, table, deed):
    happen()
    link_all()
    audit.publish_head("the register of a tender", at=AT)
    column = "seq" if table != "core_event" else "name"
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(deed.format(table, column, column))


@pytest.mark.parametrize("table", WRITTEN_ONCE)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_even_the_owner_meets_a_trigger(committed_db, table, deed):
    happen()
    link_all()
    audit.publish_head("the register of a tender", at=AT)
    column = "seq" if table != "core_event" else "name"
    with as_owner(committed_db) as owner, pytest.raises(psycopg2.Error, match=r"written once|Cannot"):
        owner.execute(deed.format(table, column, column))


def test_every_append_only_table_is_closed_to_the_serving_role(db):
    from django.apps import apps

    tables = [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]
    assert len(tables) >= 3
    with connection.cursor() as cursor:
        for table in tables:
            for right, given in [("SELECT", True), ("INSERT", True), ("UPDATE", False), ("DELETE", False)]:
                cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
                assert cursor.fetchone() == (given,), f"{right} on {table}"
            cursor.execute("SELECT has_table_privilege(%s, 'TRUNCATE')", [table])
            assert cursor.fetchone() == (False,)


def test_events_are_chained_in_the_order_they_were_written(db):
    happen(3)
    events = list(Event.objects.order_by("id"))
    assert audit.link(AT) == len(events) > 3
    assert audit.link(AT) == 0
    links = list(Link.objects.order_by("seq"))
    assert [link.seq for link in links] == list(range(1, len(events) + 1))
    assert [link.event for link in links] == events
    assert links[0].previous_hash == audit.GENESIS
    assert [link.previous_hash for link in links[1:]] == [link.hash for link in links[:-1]]
    assert list(audit.verify()) == []


def broken():
    happen(1)
    raise ZeroDivisionError


def test_an_event_of_a_move_that_was_taken_back_is_never_chained(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        broken()
    assert audit.link(AT) == 0


def test_names_and_words_lie_beside_the_chain_and_not_in_it(db):
    event = happen(1)[0]
    assert "Morgan" not in str(event.facts)
    assert event.details.content["by"] == "Morgan Ellery"
    assert audit.sentence(event, event.details.content) == (
        f"Morgan Ellery edited {event.details.content['subject']}: word 0."
    )


def test_the_chain_does_not_fork_under_many_linkers_and_writers(committed_db):
    tender, by = a_tender(), cast.person("manager", at=AT)
    done = threading.Event()
    failures = []

    def guarded(work):
        def run():
            try:
                work()
            except Exception as error:  # noqa: BLE001
                failures.append(error)
            finally:
                connection.close()

        return threading.Thread(target=run)

    def write():
        for number in range(30):
            audit.record("tender.edited", tender, by=by, at=AT, facts={"n": number})

    def link():
        while not done.is_set():
            audit.link(clock.now(), batch=3)

    writers, linkers = [guarded(write) for _ in range(4)], [guarded(link) for _ in range(4)]
    for thread in [*writers, *linkers]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in linkers:
        thread.join()
    link_all()
    assert not failures
    assert audit.length() == Event.objects.count()
    assert list(Link.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, Event.objects.count() + 1)
    )
    assert list(audit.verify()) == []


@pytest.fixture
def chained(committed_db):
    """Ten linked events in a database of this test's own; its name."""
    happen(9)
    link_all()
    assert list(audit.verify()) == []
    return committed_db


def tamper(name, statement):
    with as_owner(name, triggers=False) as owner:
        owner.execute(statement)


def test_a_changed_event_is_named(chained):
    event = Link.objects.get(seq=4).event
    tamper(chained, f"UPDATE core_event SET facts = '{{\"n\": 99}}' WHERE id = {event.pk}")
    assert list(audit.verify()) == [f"Event {event.pk} (tender.edited, link 4) was changed."]


def test_an_event_changed_together_with_its_hash_is_named_by_its_link(chained):
    event = Link.objects.get(seq=4).event
    event.facts = {"n": 99}
    digest = audit.content_hash(event)
    tamper(
        chained,
        f"UPDATE core_event SET facts = '{{\"n\": 99}}', content_hash = '{digest}' WHERE id = {event.pk}",
    )
    assert list(audit.verify()) == ["Link 4 was changed."]


def test_a_link_made_anew_does_not_follow(chained):
    digest = audit.link_hash(4, Link.objects.get(seq=3).hash, "f" * 64)
    tamper(chained, f"UPDATE core_link SET hash = '{digest}' WHERE seq = 4")
    assert list(audit.verify()) == ["Link 4 was changed.", "Link 5 does not follow from the link before it."]


def test_changed_words_are_named(chained):
    event = Link.objects.get(seq=2).event
    EventDetails.objects.filter(event=event).update(content={"by": "Somebody else"})
    assert list(audit.verify()) == [f"The details of event {event.pk} (tender.edited) were changed."]


def test_missing_words_are_named(chained):
    event = Link.objects.get(seq=2).event
    tamper(chained, f"DELETE FROM core_eventdetails WHERE event_id = {event.pk}")
    assert list(audit.verify()) == [f"The details of event {event.pk} are missing."]


def test_a_missing_row_is_named(chained):
    event = Link.objects.get(seq=5).event_id
    tamper(
        chained,
        f"DELETE FROM core_link WHERE seq = 5; DELETE FROM core_eventdetails WHERE event_id = {event};"
        f"DELETE FROM core_event WHERE id = {event}",
    )
    assert list(audit.verify()) == ["Link 5 is missing: the chain goes on with link 6."]


def cut_off(name, after):
    tamper(
        name,
        f"CREATE TEMP TABLE gone AS SELECT event_id FROM core_link WHERE seq > {after};"
        f"DELETE FROM core_link WHERE seq > {after};"
        "DELETE FROM core_eventdetails WHERE event_id IN (SELECT event_id FROM gone);"
        "DELETE FROM core_event WHERE id IN (SELECT event_id FROM gone)",
    )


def test_a_cut_off_end_shows_against_the_head_of_a_register(chained):
    head = audit.publish_head("the register of SF1", at=AT)
    cut_off(chained, head.seq - 2)
    assert list(audit.verify()) == [
        f"Link {head.seq} was published in the register of SF1 and is gone: the chain ends at {head.seq - 2}."
    ]


def test_a_cut_off_end_shows_against_a_head_kept_outside_when_ours_is_gone_too(chained):
    head = audit.publish_head("the mail of the day", at=AT)
    cut_off(chained, head.seq - 2)
    tamper(chained, "DELETE FROM core_publishedhead")
    assert list(audit.verify()) == []
    assert list(audit.verify([(head.seq, head.hash)])) == [
        f"Link {head.seq} was published in the head you gave and is gone: the chain ends at {head.seq - 2}."
    ]


def test_a_chain_written_anew_differs_from_the_head_that_left(chained):
    head = audit.publish_head("the mail of the day", at=AT)
    event = Link.objects.get(seq=2).event
    tamper(chained, f"UPDATE core_event SET name = 'tender.drafted' WHERE id = {event.pk}")
    previous = audit.GENESIS
    for link in Link.objects.select_related("event").order_by("seq"):
        digest = audit.content_hash(link.event)
        mine = audit.link_hash(link.seq, previous, digest)
        tamper(
            chained,
            f"UPDATE core_event SET content_hash = '{digest}' WHERE id = {link.event_id};"
            f"UPDATE core_link SET previous_hash = '{previous}', hash = '{mine}' WHERE seq = {link.seq}",
        )
        previous = mine
    assert list(audit.verify()) == [
        f"Link {head.seq} differs from the head published in the mail of the day."
    ]


def test_erased_words_are_said_and_are_no_fault(chained):
    event = Link.objects.get(seq=2).event
    EventDetails.objects.filter(event=event).update(content=None, erased_at=AT)
    assert list(audit.verify()) == []
    assert list(audit.erasures()) == [
        f"The names and words of event {event.pk} were erased on 17 August 2017."
    ]
    assert "erased" in audit.sentence(event, None)


def test_words_changed_under_the_mark_of_erasure_are_named(chained):
    event = Link.objects.get(seq=2).event
    EventDetails.objects.filter(event=event).update(content={"by": "Nobody"}, erased_at=AT)
    assert list(audit.verify()) == [
        f"The details of event {event.pk} (tender.edited) are marked erased and are still there."
    ]


def test_the_command_says_what_it_found(chained, capsys):
    call_command("verify_audit")
    assert "nothing changed, missing or cut off" in capsys.readouterr().out
    seq, digest = Link.objects.order_by("-seq").values_list("seq", "hash").first()
    call_command("verify_audit", head=[f"{seq}:{digest}"])
    with pytest.raises(SystemExit) as end:
        call_command("verify_audit", head=[f"{seq}:{'0' * 64}"])
    assert end.value.code == 1
    assert f"Link {seq} differs from the head published in the head you gave." in capsys.readouterr().err


def test_the_command_links_what_waits_before_it_looks(committed_db, capsys):
    happen(2)
    call_command("verify_audit")
    assert audit.length() == Event.objects.count()


def test_the_command_wants_a_whole_head(db):
    with pytest.raises(CommandError, match="not a head"):
        call_command("verify_audit", head=["12:abc"])


def test_publishing_the_head_of_an_empty_trail_publishes_nothing(db):
    assert audit.publish_head("anywhere", at=AT) is None
    assert not PublishedHead.objects.exists()


def test_a_trigger_stops_a_change_inside_a_test_too(db):
    event = happen(1)[0]
    with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(name="other")
