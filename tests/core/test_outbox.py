"""Mail waits as rows: queued once, sent once, never lost, whatever the server says."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction

from odifund.core import mail
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


def test_a_mail_is_sent_over_smtp_and_its_words_are_emptied(db, postbox):
    queue()
    assert mail.sweep(AT) == 1
    ((address, sent),) = postbox.mails
    assert address == "a@example.org"
    assert sent["Subject"] == "You are invited to the stimulus fund portal"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "/sign-in/" in sent.get_payload()
    row = OutboxMessage.objects.get()
    assert (row.state, row.sent_at, row.body, row.attempts) == (State.SENT, AT, "", 1)
    assert mail.sweep(AT) == 0


def test_a_mail_is_not_sent_before_its_moment(db, postbox):
    queue(at=AT)
    assert mail.sweep(AT - timedelta(seconds=1)) == 0
    assert not postbox.mails


def test_an_address_refused_for_good_is_not_tried_again_and_stops_no_other(db, postbox):
    postbox.answers["gone@example.org"] = "550 No such person"
    queue(to=["gone@example.org", "a@example.org"])
    assert mail.sweep(AT) == 1
    gone = OutboxMessage.objects.get(address="gone@example.org")
    assert (gone.state, gone.refusal) == (State.FAILED, "The mail was refused (550).")
    assert mail.sweep(AT + timedelta(days=1)) == 0


def test_a_full_postbox_is_tried_again_later(db, postbox):
    postbox.answers["full@example.org"] = "452 Come back later"
    queue(to=["full@example.org"])
    assert mail.sweep(AT) == 0
    row = OutboxMessage.objects.get()
    assert (row.state, row.attempts) == (State.WAITING, 1)
    assert mail.sweep(row.try_at - timedelta(seconds=1)) == 0
    postbox.answers.clear()
    assert mail.sweep(row.try_at) == 1


def test_a_mail_is_given_up_after_patience(db, postbox):
    postbox.answers["full@example.org"] = "452 Come back later"
    queue(to=["full@example.org"])
    at = AT
    for _ in range(mail.PATIENCE):
        mail.sweep(at)
        at = OutboxMessage.objects.get().try_at
    assert OutboxMessage.objects.get().state == State.FAILED


def test_an_address_that_cannot_be_written_stops_no_other(db, postbox):
    queue(to=["a@example.org\nBcc: b@example.org", "c@example.org"])
    assert mail.sweep(AT) == 1
    assert postbox.addresses == ["c@example.org"]
    assert OutboxMessage.objects.get(address__startswith="a@").state == State.FAILED


def test_with_no_server_everything_waits_and_one_attempt_is_counted(db, settings):
    smtp.nobody_there(settings)
    queue(to=[f"p{n}@example.org" for n in range(5)])
    assert mail.sweep(AT) == 0
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.WAITING}
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    with smtp.server(settings) as postbox:
        assert mail.sweep(AT + timedelta(minutes=5)) == 5
    assert len(set(postbox.addresses)) == 5


def test_a_hung_server_holds_a_sweep_for_one_mail_and_no_more(db, settings):
    settings.EMAIL_TIMEOUT = 1
    queue(to=[f"p{n}@example.org" for n in range(5)])
    with smtp.hung_server(settings):
        began = time.monotonic()
        assert mail.sweep(AT) == 0
    assert time.monotonic() - began < 4
    assert not OutboxMessage.objects.exclude(state=State.WAITING).exists()


def test_a_claim_gone_stale_is_sent_again_with_the_same_message_id(db, postbox):
    queue()
    OutboxMessage.objects.update(state=State.CLAIMED, claimed_at=AT, attempts=1)
    expected = mail.message(OutboxMessage.objects.get()).extra_headers["Message-ID"]
    assert mail.sweep(AT + mail.STALE) == 0
    assert mail.sweep(AT + mail.STALE + timedelta(seconds=1)) == 1
    ((_, sent),) = postbox.mails
    assert sent["Message-ID"] == expected
    assert OutboxMessage.objects.get().attempts == 2


def test_many_sweepers_send_each_mail_once(committed_db, postbox):
    queue(to=[f"p{n}@example.org" for n in range(60)])
    start = threading.Barrier(4)

    def work():
        start.wait()
        while mail.sweep(AT, batch=7):
            pass
        connection.close()

    sweepers = [threading.Thread(target=work) for _ in range(4)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()
    assert len(postbox.mails) == 60
    assert len(set(postbox.addresses)) == 60
    assert len({sent["Message-ID"] for _, sent in postbox.mails}) == 60
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {State.SENT}


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
    with smtp.server(settings) as postbox:
        assert mail.sweep(AT) == 1
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
