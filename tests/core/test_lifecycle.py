"""A move is made whole or not at all, by the right person, from the right status, when it is ready."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from odifund.core import clock, mail
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.models import Tender
from tests import cast
from tests.core.ground import AT, CLOSES, TABLE, S, a_tender


def refresh(tender):
    return Tender.objects.get(pk=tender.pk)


def test_a_move_changes_the_status_and_leaves_an_event(db):
    tender, manager = a_tender(), cast.person("manager", at=AT)
    with TABLE.take("publish", tender, by=manager, at=AT, facts={"n": 1}, details={"what": "all"}):
        tender.published_at = AT
    assert (refresh(tender).status, refresh(tender).published_at) == (S.PUBLISHED, AT)
    event = Event.objects.get(name="tender.published")
    assert (event.actor, event.subject_id, event.scope, event.at) == (
        manager.pk,
        str(tender.pk),
        tender.pk,
        AT,
    )
    assert event.facts == {"n": 1}
    assert event.details.content["what"] == "all"


def test_the_wrong_person_is_refused_and_nothing_changes(db):
    tender = a_tender()
    with pytest.raises(WrongPerson), TABLE.take("publish", tender, by=cast.person("finance", at=AT), at=AT):
        pytest.fail("the body ran")
    assert refresh(tender).status == S.DRAFT
    assert not Event.objects.filter(name="tender.published").exists()


def test_nobody_is_the_wrong_person_for_a_step(db):
    with pytest.raises(WrongPerson), TABLE.take("publish", a_tender(), at=AT):
        pytest.fail("the body ran")


def test_a_move_from_another_status_is_refused_as_moved_on(db):
    tender = a_tender(status=S.CLOSED)
    with pytest.raises(MovedOn), TABLE.take("publish", tender, by=cast.person("manager", at=AT), at=AT):
        pytest.fail("the body ran")


def test_a_stale_copy_is_read_again_before_it_is_judged(db):
    tender, manager = a_tender(), cast.person("manager", at=AT)
    stale = refresh(tender)
    with TABLE.take("publish", tender, by=manager, at=AT):
        pass
    stale.title = "Changed on a page drawn long ago"
    with pytest.raises(MovedOn), TABLE.take("publish", stale, by=manager, at=AT):
        pytest.fail("the body ran")
    assert refresh(tender).title == "Stimulus fund"


def test_what_is_missing_is_said_in_sentences(db):
    tender = a_tender(title="")
    with (
        pytest.raises(NotReady) as refusal,
        TABLE.take("publish", tender, by=cast.person("manager", at=AT), at=AT),
    ):
        pytest.fail("the body ran")
    assert refusal.value.sentences == ["Give the tender a title"]
    assert TABLE.missing("publish", tender, AT) == ["Give the tender a title"]


def test_the_wrong_person_is_not_told_what_is_missing(db):
    with (
        pytest.raises(WrongPerson),
        TABLE.take("publish", a_tender(title=""), by=cast.person("observer", at=AT), at=AT),
    ):
        pytest.fail("the body ran")


def test_an_error_in_the_body_takes_everything_back(db):
    tender, manager = a_tender(), cast.person("manager", at=AT)

    def break_off():
        mail.queue("core/person_invited", key="x", to=[manager], at=AT, context={"by": None})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), TABLE.take("publish", tender, by=manager, at=AT):
        break_off()
    assert refresh(tender).status == S.DRAFT
    assert not Event.objects.filter(name="tender.published").exists()
    assert not OutboxMessage.objects.filter(key="x").exists()


def test_the_clock_moves_what_is_due_and_never_early(db):
    tender = a_tender(status=S.PUBLISHED)
    early = CLOSES - timedelta(microseconds=1)
    assert not TABLE.due("close", early).exists()
    with pytest.raises(MovedOn), TABLE.take("close", tender, at=early):
        pytest.fail("the body ran")
    assert list(TABLE.due("close", CLOSES)) == [tender]
    with TABLE.take("close", tender, at=CLOSES):
        pass
    assert refresh(tender).status == S.CLOSED
    assert Event.objects.get(name="tender.closed").actor is None


def test_the_clock_closes_once(db):
    tender = a_tender(status=S.PUBLISHED)
    with TABLE.take("close", tender, at=CLOSES):
        pass
    with pytest.raises(MovedOn), TABLE.take("close", tender, at=CLOSES):
        pytest.fail("the body ran")


def test_a_button_is_drawn_for_who_may_press_it_now(db):
    tender = a_tender()
    manager, approver = cast.person("manager", at=AT), cast.person("approver", at=AT)
    assert TABLE.allows("publish", tender, manager)
    assert not TABLE.allows("publish", tender, approver)
    assert not TABLE.allows("open", tender, manager)
    assert not TABLE.allows("close", a_tender(status=S.PUBLISHED), manager)


def test_of_two_who_move_at_once_one_moves_and_the_other_is_told(committed_db):
    tender, manager = a_tender(), cast.person("manager", at=AT)
    start, results = threading.Barrier(2), []

    def publish():
        mine = Tender.objects.get(pk=tender.pk)
        start.wait()
        try:
            with TABLE.take("publish", mine, by=manager, at=clock.now()):
                pass
            results.append("published")
        except MovedOn:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["published", "told"]
    assert Event.objects.filter(name="tender.published").count() == 1
