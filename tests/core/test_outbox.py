"""Mail waits as rows, queued once; a code is sent by its own request. See test_postman.py for the rest."""

import threading

import pytest
from django.db import connection, transaction

from odifund.core import clock, mail, postman
from odifund.core.models import OutboxMessage
from tests import cast
from tests.core import smtp
from tests.core.ground import AT, a_tender

State = OutboxMessage.State
KIND = "core/person_invited"


def queue(key="invitation:1", to=("a@example.org",), at=AT, **more):
    mail.queue(KIND, key=key, to=to, at=at, context={"by": None, "person": None} | more)


def test_a_mail_is_queued_with_its_subject_from_the_templates_first_line(db):
    queue()
    row = OutboxMessage.objects.get()
    assert row.subject == "You are invited to the stimulus fund portal"
    assert "\n" not in row.subject
    assert "/sign-in/" in row.body
    assert (row.state, row.queued_at) == (State.WAITING, AT)


def test_a_key_and_an_address_make_one_mail_whoever_queues_again(db):
    queue(to=["a@example.org", "b@example.org"])
    queue(to=["a@example.org", "c@example.org"])
    queue(key="invitation:2", to=["a@example.org"])
    assert OutboxMessage.objects.count() == 4


def test_what_a_move_queued_goes_with_the_move(db):
    def break_off():
        queue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        break_off()
    assert not OutboxMessage.objects.exists()


def test_a_mail_about_a_sealed_thing_is_sealed(db):
    class Sealed:
        audit_scope, audit_sealed = a_tender().pk, True

    mail.queue(KIND, key="x", to=["a@example.org"], at=AT, context={"by": None}, about=Sealed())
    row = OutboxMessage.objects.get()
    assert (row.sealed, row.scope) == (True, Sealed.audit_scope)


def test_words_are_plain_text_and_never_escaped(db):
    queue(by="Fish & Chips <Ltd>")
    assert "Fish & Chips <Ltd> has given you" in OutboxMessage.objects.get().body


def test_many_queuers_queue_one_mail(committed_db):
    start = threading.Barrier(4)

    def work():
        start.wait()
        queue(to=["a@example.org", "b@example.org"])
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert OutboxMessage.objects.count() == 2


def test_the_code_is_sent_by_the_request_itself(db, postbox):
    mail.send_at_once("a@example.org", "Your code", "ABCD", kind="account/code", at=AT)
    assert postbox.addresses == ["a@example.org"]
    row = OutboxMessage.objects.get()
    assert (row.state, row.body) == (State.SENT, "")


def test_the_code_goes_to_the_outbox_when_the_server_hangs(db, settings):
    settings.EMAIL_TIMEOUT = 1
    with smtp.hung_server(settings):
        mail.send_at_once("a@example.org", "Your code", "ABCD", kind="account/code", at=AT)
    assert OutboxMessage.objects.get().state == State.WAITING
    with smtp.server(settings) as postbox, clock.held_at(AT):
        assert postman.sweep() == 1
    assert "ABCD" in postbox.mails[0][1].get_payload()


def test_the_observers_are_mailed_the_head_of_the_trail_once_a_day(db, postbox):
    from odifund.core import audit, tasks

    cast.person("observer", at=AT)
    cast.person("manager", at=AT)
    tasks.mail_head()
    tasks.mail_head()
    row = OutboxMessage.objects.get()
    assert row.person.email == "ravi.thackeray@audit.example.org"
    head = audit.PublishedHead.objects.get()
    assert f"{head.seq}:{head.hash}" in row.body
    assert list(audit.verify([(head.seq, head.hash)])) == []
