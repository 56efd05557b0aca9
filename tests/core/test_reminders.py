"""A reminder is given once a person and moment, whoever sweeps and however late."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from odifund.core import reminders
from odifund.core.models import OutboxMessage, Person, Reminder
from tests import cast
from tests.core.ground import AT, CLOSES, a_tender


@pytest.fixture
def due(monkeypatch):
    """One source, which says that its list is due; the other apps' sources rest."""
    dues = []
    monkeypatch.setattr(reminders, "sources", [lambda at: list(dues)])
    return dues


def remind(person, tender, moment=CLOSES):
    return reminders.Due("core/person_invited", tender, person, moment, {"by": None})


def test_a_reminder_is_a_row_and_a_mail(db, due):
    lead, tender = cast.person("lead-a", at=AT), a_tender()
    due.append(remind(lead, tender))
    assert reminders.sweep(AT) == 1
    assert OutboxMessage.objects.get().person == lead
    row = Reminder.objects.get()
    assert (row.subject_id, row.moment_at, row.reminded_at) == (tender.pk, CLOSES, AT)


def test_the_next_sweep_gives_it_no_more(db, due):
    due.append(remind(cast.person("lead-a", at=AT), a_tender()))
    reminders.sweep(AT)
    assert reminders.sweep(AT + timedelta(days=1)) == 0
    assert OutboxMessage.objects.count() == 1


def test_not_even_when_the_address_changed_meanwhile(db, due):
    lead, tender = cast.person("lead-a", at=AT), a_tender()
    due.append(remind(lead, tender))
    reminders.sweep(AT)
    lead.email = "new@example.org"
    lead.save()
    due[:] = [remind(Person.objects.get(pk=lead.pk), tender)]
    assert reminders.sweep(AT) == 0
    assert OutboxMessage.objects.count() == 1


def test_another_moment_is_another_reminder(db, due):
    lead, tender = cast.person("lead-a", at=AT), a_tender()
    due += [remind(lead, tender), remind(lead, tender, CLOSES + timedelta(days=7))]
    assert reminders.sweep(AT) == 2


def test_many_sweepers_remind_once(committed_db, due):
    tender = a_tender()
    due += [remind(cast.person(key, at=AT), tender) for key in ("lead-a", "lead-b", "partner-a")]
    start = threading.Barrier(4)

    def work():
        start.wait()
        reminders.sweep(AT)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert OutboxMessage.objects.count() == Reminder.objects.count() == 3


def test_a_reminder_that_fails_is_logged_with_what_it_is_about_and_stops_no_other(db, due, caplog):
    lead, rival, tender = cast.person("lead-a", at=AT), cast.person("lead-b", at=AT), a_tender()
    bad = reminders.Due("core/no_such_template", tender, lead, CLOSES)
    due += [bad, remind(rival, tender)]
    assert reminders.sweep(AT) == 1
    assert OutboxMessage.objects.get().person == rival
    assert Reminder.objects.count() == 1
    assert f"core/no_such_template of {tender.pk} to {lead.pk} could not be given" in caplog.text


def test_a_reminder_that_failed_is_given_once_it_can_be(db, due):
    lead, tender = cast.person("lead-a", at=AT), a_tender()
    due.append(reminders.Due("core/no_such_template", tender, lead, CLOSES))
    reminders.sweep(AT)
    due[:] = [remind(lead, tender)]
    assert reminders.sweep(AT + timedelta(minutes=1)) == 1


def test_a_source_that_fails_halfway_keeps_nothing_from_being_given(db, due, monkeypatch, caplog):
    lead, rival, tender = cast.person("lead-a", at=AT), cast.person("lead-b", at=AT), a_tender()

    def broken(at):
        yield remind(lead, tender)
        raise ZeroDivisionError

    due.append(remind(rival, tender))
    monkeypatch.setattr(reminders, "sources", [broken, *reminders.sources])
    assert reminders.sweep(AT) == 2
    assert "broken" in caplog.text


def test_what_was_given_costs_one_query_however_much_it_is(db, due, django_assert_num_queries):
    tender = a_tender()
    due += [remind(cast.person(key, at=AT), tender) for key in ("lead-a", "lead-b", "partner-a")]
    reminders.sweep(AT)
    with django_assert_num_queries(1):
        assert reminders.sweep(AT) == 0
