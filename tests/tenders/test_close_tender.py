"""The clock closes a tender: never early, once, on the microsecond."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from odifund.core import clock
from odifund.core.errors import MovedOn
from odifund.core.models import Event
from tenders import locks
from tenders.actions import tender as tenders
from tenders.models import Tender
from tenders.tasks import close_tenders
from tests.factories.tender import PROPOSALS_CLOSE, draft_tender, published_tender

MICROSECOND = timedelta(microseconds=1)


@pytest.mark.django_db
def test_a_microsecond_before_its_deadline_a_tender_stays_open():
    tender = published_tender()
    with clock.held_at(PROPOSALS_CLOSE - MICROSECOND):
        close_tenders()
        with pytest.raises(MovedOn):
            tenders.close(tender)
    tender.refresh_from_db()
    assert (tender.status, tender.closed_at) == ("published", None)


@pytest.mark.django_db
def test_on_its_deadline_it_closes():
    tender = published_tender()
    with clock.held_at(PROPOSALS_CLOSE):
        close_tenders()
    tender.refresh_from_db()
    assert (tender.status, tender.closed_at) == ("closed", PROPOSALS_CLOSE)
    event = Event.objects.get(name="tender.closed")
    assert (event.actor, event.at, event.facts) == (None, PROPOSALS_CLOSE, {"count": 0})
    register = tender.registers.get()
    assert (register.made_at, register.content["in_time"]) == (PROPOSALS_CLOSE, 0)


@pytest.mark.django_db
def test_a_second_run_changes_nothing():
    tender = published_tender()
    with clock.held_at(PROPOSALS_CLOSE):
        close_tenders()
    with clock.held_at(PROPOSALS_CLOSE + timedelta(days=1)):
        close_tenders()
    tender.refresh_from_db()
    assert tender.closed_at == PROPOSALS_CLOSE
    assert Event.objects.filter(name="tender.closed").count() == 1


@pytest.mark.django_db
def test_a_clock_that_slept_over_the_moment_closes_late_and_says_when():
    tender = published_tender()
    late = PROPOSALS_CLOSE + timedelta(hours=3)
    assert not tender.accepts_proposals(PROPOSALS_CLOSE)
    with clock.held_at(late):
        close_tenders()
    tender.refresh_from_db()
    assert tender.closed_at == late


@pytest.mark.django_db
def test_drafts_and_tenders_with_a_later_deadline_are_left_alone():
    draft = draft_tender(reference="SF8")
    due = published_tender()
    later = published_tender(reference="SF2", at=PROPOSALS_CLOSE - timedelta(days=1))
    with clock.held_at(PROPOSALS_CLOSE):
        close_tenders()
    statuses = dict(Tender.objects.values_list("reference", "status"))
    assert statuses == {draft.reference: "draft", due.reference: "closed", later.reference: "published"}


def test_two_workers_at_once_close_it_once(committed_db):
    published_tender()
    ready = threading.Barrier(2)

    def work():
        ready.wait()
        try:
            close_tenders()
        finally:
            connection.close()

    with clock.held_at(PROPOSALS_CLOSE):
        threads = [threading.Thread(target=work) for _ in range(2)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    assert Event.objects.filter(name="tender.closed").count() == 1
    assert Tender.objects.get().registers.count() == 1


def test_closing_waits_for_those_who_hold_the_lock(committed_db):
    """A submit that came in time and is still being written is counted before the close."""
    from django.db import transaction

    tender = published_tender()
    order, holding = [], threading.Event()

    def submit():
        with transaction.atomic():
            locks.shared(Tender.objects.get(pk=tender.pk))
            holding.set()
            threading.Event().wait(0.3)
            order.append("submitted")
        connection.close()

    with clock.held_at(PROPOSALS_CLOSE):
        thread = threading.Thread(target=submit)
        thread.start()
        assert holding.wait(5)
        close_tenders()
        order.append("closed")
        thread.join()
    assert order == ["submitted", "closed"]
