"""What waits is sent: never lost, not twice without need, and no mail stands in another's way."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from odifund.core import clock, mail, postman
from odifund.core.models import OutboxMessage
from tests.core import smtp
from tests.core.ground import AT

State = OutboxMessage.State
KIND = "core/person_invited"


def queue(key="invitation:1", to=("a@example.org",), at=AT):
    mail.queue(KIND, key=key, to=to, at=at, context={"by": None, "person": None})


def sweep(at):
    with clock.held_at(at):
        return postman.sweep()


def the_mail(**of):
    return OutboxMessage.objects.get(**of)


def states():
    return set(OutboxMessage.objects.values_list("state", flat=True))


# What the server says


def test_a_mail_is_sent_over_smtp_and_its_words_are_emptied(db, postbox):
    queue()
    assert sweep(AT) == 1
    ((address, sent),) = postbox.mails
    assert address == "a@example.org"
    assert sent["Subject"] == "You are invited to the stimulus fund portal"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert "/sign-in/" in sent.get_payload()
    row = the_mail()
    assert (row.state, row.sent_at, row.body, row.attempts) == (State.SENT, AT, "", 1)
    assert sweep(AT) == 0


def test_a_mail_is_not_sent_before_its_moment(db, postbox):
    queue(at=AT)
    assert sweep(AT - timedelta(seconds=1)) == 0
    assert not postbox.mails


def test_an_address_refused_for_good_is_not_tried_again_and_stops_no_other(db, postbox):
    postbox.answers["gone@example.org"] = "550 No such person"
    queue(to=["gone@example.org", "a@example.org"])
    assert sweep(AT) == 1
    gone = the_mail(address="gone@example.org")
    assert (gone.state, gone.refusal) == (State.FAILED, "The mail was refused (550).")
    assert sweep(AT + timedelta(days=1)) == 0


def test_words_refused_for_good_are_not_tried_again(db, postbox):
    postbox.inside_data = lambda address: "554 This looks like an advertisement"
    queue()
    sweep(AT)
    assert (the_mail().state, the_mail().refusal) == (State.FAILED, "The mail was refused (554).")


def test_a_full_postbox_is_tried_again_later_and_stops_no_other(db, postbox):
    postbox.answers["full@example.org"] = "452 Come back later"
    queue(to=["full@example.org", "a@example.org"])
    assert sweep(AT) == 1
    row = the_mail(address="full@example.org")
    assert (row.state, row.refusal) == (State.WAITING, "The mail was put off (452).")
    assert sweep(row.try_at - timedelta(seconds=1)) == 0
    postbox.answers.clear()
    assert sweep(row.try_at) == 1
    assert the_mail(address="full@example.org").refusal == ""


def test_a_postbox_that_stays_full_is_given_up_after_days(db, postbox):
    postbox.answers["full@example.org"] = "452 Come back later"
    queue(to=["full@example.org"])
    OutboxMessage.objects.update(attempts=postman.PATIENCE - 2)
    sweep(AT)
    assert the_mail().state == State.WAITING
    sweep(the_mail().try_at)
    assert the_mail().state == State.FAILED


def test_an_address_that_cannot_be_written_stops_no_other(db, postbox):
    queue(to=["a@example.org\nBcc: b@example.org", "c@example.org"])
    assert sweep(AT) == 1
    assert postbox.addresses == ["c@example.org"]
    assert the_mail(address__startswith="a@").state == State.FAILED


# A server that is away


def test_a_server_that_is_away_for_hours_loses_no_mail(db, settings):
    smtp.nobody_there(settings)
    queue()
    pauses, at = [], AT
    for _ in range(30):
        sweep(at)
        pauses.append(the_mail().try_at - at)
        at += pauses[-1]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(minutes=10))
    assert at - AT > timedelta(hours=4)
    assert the_mail().refusal == "The mail server did not answer (ConnectionRefusedError)."
    assert the_mail().attempts == 0, "nobody has said anything about this mail yet"
    with smtp.server(settings):
        assert sweep(at) == 1


@pytest.mark.parametrize("answer", [smtp.HANGS_UP, "421 Closing down"])
def test_a_server_that_ends_the_connection_uses_up_no_patience(db, postbox, answer):
    postbox.answers["a@example.org"] = answer
    queue()
    OutboxMessage.objects.update(attempts=postman.PATIENCE - 1)
    assert sweep(AT) == 0
    assert (the_mail().state, the_mail().attempts) == (State.WAITING, postman.PATIENCE - 1)
    postbox.answers.clear()
    assert sweep(the_mail().try_at) == 1


@pytest.mark.parametrize(
    "wrong", [{"EMAIL_HOST": "smtp..example.org"}, {"EMAIL_USE_TLS": True}, {"EMAIL_HOST_USER": "fund"}]
)
def test_a_server_that_was_set_up_wrong_uses_up_no_patience(db, settings, postbox, wrong):
    """A name that cannot be one, encryption or a password that it does not offer."""
    settings.EMAIL_HOST_PASSWORD = "secret"
    for name, value in wrong.items():
        setattr(settings, name, value)
    queue()
    OutboxMessage.objects.update(attempts=postman.PATIENCE - 1)
    assert sweep(AT) == 0
    assert (the_mail().state, the_mail().attempts) == (State.WAITING, postman.PATIENCE - 1)


def test_with_no_server_everything_waits_and_one_mail_is_tried(db, settings):
    smtp.nobody_there(settings)
    queue(to=[f"p{n}@example.org" for n in range(5)])
    assert sweep(AT) == 0
    assert states() == {State.WAITING}
    assert OutboxMessage.objects.filter(try_at__gt=AT).count() == 1
    with smtp.server(settings) as postbox:
        assert sweep(AT + timedelta(minutes=5)) == 5
    assert len(set(postbox.addresses)) == 5


def test_a_hung_server_holds_a_sweep_for_one_mail_and_no_more(db, settings):
    settings.EMAIL_TIMEOUT = 1
    queue(to=[f"p{n}@example.org" for n in range(5)])
    with smtp.hung_server(settings):
        began = time.monotonic()
        assert sweep(AT) == 0
    assert time.monotonic() - began < 4
    assert states() == {State.WAITING}


# What nobody foresaw


def test_a_mail_that_fails_unforeseen_stops_no_other_and_is_given_up_soon(db, settings, caplog):
    settings.EMAIL_BACKEND = "tests.core.smtp.SomeProvidersBackend"
    queue(to=["cursed@example.org"])
    queue(to=["a@example.org"], at=AT + timedelta(seconds=1))
    assert sweep(AT + timedelta(seconds=1)) == 1
    cursed = the_mail(address="cursed@example.org")
    assert (cursed.state, cursed.refusal) == (State.WAITING, "It could not be sent (KeyError).")
    assert str(cursed.pk) in caplog.text
    for _ in range(postman.FAULTS - 1):
        sweep(the_mail(pk=cursed.pk).try_at)
    assert the_mail(pk=cursed.pk).state == State.FAILED


# Claims


def test_a_claim_that_ran_out_is_sent_again_with_the_same_message_id(db, settings, postbox):
    settings.MAIL_CLAIM = timedelta(minutes=5)
    queue()
    postman._claim(AT)  # and the worker dies
    expected = mail.message(the_mail()).extra_headers["Message-ID"]
    assert sweep(AT + timedelta(minutes=5, seconds=-1)) == 0
    assert sweep(AT + timedelta(minutes=5)) == 1
    ((_, sent),) = postbox.mails
    assert sent["Message-ID"] == expected
    assert the_mail().attempts == 2


def test_a_mail_is_settled_only_by_whoever_holds_its_claim(committed_db, postbox, caplog):
    """It took longer than its claim, and another worker has taken it meanwhile."""
    theirs = AT + timedelta(hours=1)

    def somebody_else_claims(address):
        OutboxMessage.objects.update(claimed_at=theirs)
        connection.close()

    postbox.inside_data = somebody_else_claims
    queue()
    sweep(AT)
    row = the_mail()
    assert (row.state, row.claimed_at, row.sent_at) == (State.CLAIMED, theirs, None)
    assert row.body
    assert f"Mail {row.pk} took longer than its claim" in caplog.text


def test_each_mail_is_claimed_and_settled_at_its_own_moment(committed_db, postbox):
    postbox.inside_data = lambda address: time.sleep(0.2)
    queue(to=["a@example.org", "b@example.org"])
    assert postman.sweep() == 2
    first, second = OutboxMessage.objects.order_by("sent_at")
    assert first.claimed_at + timedelta(seconds=0.2) <= first.sent_at <= second.claimed_at


def test_a_slow_server_gets_no_mail_twice(committed_db, settings, postbox):
    """All together take longer than a claim lasts, and another sweeper looks for claims that ran out."""
    settings.MAIL_CLAIM = timedelta(seconds=0.4)
    postbox.inside_data = lambda address: time.sleep(0.2)
    queue(to=[f"p{n}@example.org" for n in range(6)])
    swept_by_many(2)
    assert sorted(postbox.addresses) == [f"p{n}@example.org" for n in range(6)]


def test_many_sweepers_send_each_mail_once(committed_db, postbox):
    queue(to=[f"p{n}@example.org" for n in range(60)])
    swept_by_many(4)
    assert len(postbox.mails) == 60
    assert len(set(postbox.addresses)) == 60
    assert len({sent["Message-ID"] for _, sent in postbox.mails}) == 60


def swept_by_many(number):
    start = threading.Barrier(number)

    def work():
        start.wait()
        while states() != {State.SENT}:
            postman.sweep()
        connection.close()

    sweepers = [threading.Thread(target=work) for _ in range(number)]
    for sweeper in sweepers:
        sweeper.start()
    for sweeper in sweepers:
        sweeper.join()


# A slow server leaves workers free for other tasks


def test_while_one_sweeps_nobody_else_does(committed_db, postbox):
    returned = []

    def another_worker_wakes(address):
        returned.append(postman.sweep())
        connection.close()

    postbox.inside_data = another_worker_wakes
    queue(to=["a@example.org", "b@example.org"])
    assert postman.sweep() == 2
    assert returned == [0, 0]


def test_a_sweep_that_broke_off_leaves_the_way_free(db, settings, postbox):
    settings.EMAIL_BACKEND = "no.such.Backend"
    queue()
    with pytest.raises(ImportError):
        sweep(AT)
    smtp.point_to(settings, postbox.port)
    assert sweep(AT) == 1


def test_a_sweep_ends_when_its_time_is_up_and_the_next_goes_on(committed_db, postbox, monkeypatch):
    monkeypatch.setattr(postman, "BUDGET", timedelta(seconds=0.3))
    postbox.inside_data = lambda address: time.sleep(0.2)
    queue(to=[f"p{n}@example.org" for n in range(4)])
    sent = [postman.sweep()]
    assert 1 <= sent[0] <= 2
    while states() != {State.SENT}:
        sent.append(postman.sweep())
    assert sum(sent) == 4
