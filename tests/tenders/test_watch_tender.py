"""Watching: one row a person, ended and opened again, and a reminder before questions close."""

from datetime import timedelta

import pytest

from odifund.core import reminders
from odifund.core.errors import MovedOn
from odifund.core.models import Event, OutboxMessage
from tenders.actions import watch
from tenders.models import Tender, Watch
from tenders.queries.watch import told, watched_tenders, watches
from tests import cast
from tests.factories.tender import PUBLISHED, QUESTIONS_CLOSE, published_tender

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender():
    published = published_tender()
    OutboxMessage.objects.all().delete()
    return published


@pytest.fixture
def nia():
    return cast.person("newcomer", at=PUBLISHED)


def test_watching_twice_is_watching_once(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    watch.start(tender, by=nia, at=PUBLISHED)
    assert Watch.objects.count() == Event.objects.filter(name="watch.started").count() == 1
    assert list(told(tender)) == [nia]
    assert list(watched_tenders(nia)) == [tender]


def test_stopping_and_watching_again_uses_the_same_row(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    watch.stop(tender, by=nia, at=PUBLISHED)
    watch.stop(tender, by=nia, at=PUBLISHED)
    assert not watches(nia, tender)
    assert not told(tender).exists()
    watch.start(tender, by=nia, at=PUBLISHED)
    assert watches(nia, tender)
    assert Watch.objects.count() == 1


def test_who_watches_is_sealed(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    event = Event.objects.get(name="watch.started")
    assert (event.sealed, event.scope) == (True, tender.pk)


def test_a_draft_cannot_be_watched(nia):
    draft = published_tender(reference="SF2")
    draft.status = Tender.Status.DRAFT
    with pytest.raises(MovedOn):
        watch.start(draft, by=nia, at=PUBLISHED)


def test_somebody_inactive_is_not_told(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    nia.is_active = False
    nia.save()
    assert not told(tender).exists()


def test_watchers_are_reminded_once_two_days_before_questions_close(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    watch.start(tender, by=cast.person("manager", at=PUBLISHED), at=PUBLISHED)
    for early in (timedelta(days=2, microseconds=1), timedelta(days=9)):
        reminders.sweep(QUESTIONS_CLOSE - early)
    assert not OutboxMessage.objects.exists()
    for late in (timedelta(days=2), timedelta(days=1), timedelta(microseconds=1)):
        reminders.sweep(QUESTIONS_CLOSE - late)
    mail = OutboxMessage.objects.get()
    assert (mail.address, mail.kind, mail.sealed) == (nia.email, "tenders/questions_close", True)
    assert "5pm on Friday 1 September 2017" in mail.subject


def test_nobody_is_reminded_once_questions_have_closed_or_the_watch_has_ended(tender, nia):
    watch.start(tender, by=nia, at=PUBLISHED)
    reminders.sweep(QUESTIONS_CLOSE)
    watch.stop(tender, by=nia, at=PUBLISHED)
    reminders.sweep(QUESTIONS_CLOSE - timedelta(days=1))
    assert not OutboxMessage.objects.exists()
