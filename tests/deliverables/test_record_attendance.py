"""The kick-off workshop: who is announced, who came, and what follows when somebody did not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from deliverables.actions import workshop
from deliverables.models import Attendance, Payment
from deliverables.queries import progress
from deliverables.queries.contract import overview
from odifund.core import clock
from odifund.core.errors import NotReady
from odifund.core.models import Event
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
MORNING = stage.WORKSHOP - timedelta(hours=8)
EVENING_BEFORE = stage.WORKSHOP - timedelta(hours=17, minutes=1)  # 11:59pm in London
RECORD = "Record who came to “Kick-off workshop”"
Guest = workshop.Guest


def person(key):
    return cast.person(key, at=stage.SIGNED)


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


@pytest.fixture
def due(signed):
    return stage.owed(signed, "workshop")


def record(due, *others, came=(), at=stage.WORKSHOP):
    workshop.record_attendance(due, came=came, others=others, by=person("manager"), at=at)


def test_nobody_came_before_the_day(due):
    coming = workshop.announce(
        due, name="Priya", is_lead=True, needs="", by=person("lead-a"), at=stage.SIGNED
    )
    with pytest.raises(NotReady) as refused:
        record(due, came=[coming.pk], at=EVENING_BEFORE)
    assert refused.value.sentences == [
        "The workshop is on Tuesday 10 October 2017. Record who came from that day on."
    ]
    record(due, came=[coming.pk], at=MORNING)
    assert due.is_accepted


def test_who_came_unannounced_is_recorded_and_the_last_payment_can_fall_due(signed, due):
    for kind in ("halfway", "report", "pattern", "data", "blog"):
        stage.accepted(signed, kind)
    record(due, Guest("Ines", False), Guest("Priya Nair", True), at=stage.REVIEWED)
    assert dict(Attendance.objects.values_list("name", "attended")) == {"Ines": True, "Priya Nair": True}
    assert Event.objects.get(name="workshop.attended").facts == {"came": 2}
    assert signed.payments.last().status == Payment.Status.DUE


def test_a_name_that_was_announced_is_the_same_person(due):
    for name in ("Ines", "Olu"):
        workshop.announce(due, name=name, is_lead=False, needs="", by=person("lead-a"), at=stage.SIGNED)
    record(due, Guest("INES", False))
    assert dict(Attendance.objects.values_list("name", "attended")) == {"Ines": True, "Olu": False}


def test_a_workshop_to_which_nobody_came_stays_to_be_recorded(due):
    with pytest.raises(NotReady):
        record(due)
    due.refresh_from_db()
    assert progress.of_deliverable(due, stage.WORKSHOP) == progress.TO_RECORD


@pytest.mark.parametrize(("at", "waits"), [(EVENING_BEFORE, 0), (MORNING, 2), (stage.FINAL, 2)])
def test_each_workshop_waits_for_the_manager_from_its_day_on_announced_or_not(due, at, waits):
    titles = [item.title for item in stage.what_waits(person("manager"), at)]
    assert titles.count(RECORD) == waits


def test_once_it_is_recorded_it_waits_for_nobody(signed, due):
    record(due, Guest("Priya", True))
    titles = [item.title for item in stage.what_waits(person("manager"), stage.WORKSHOP)]
    assert titles.count(RECORD) == 1  # the rival's


def test_a_workshop_is_never_the_consortiums_to_be_late_with(signed, due):
    assert overview(signed, stage.WORKSHOP).overdue == 0
    assert overview(signed, stage.WORKSHOP).to_review == 1
    assert overview(signed, stage.WORKSHOP).next.kind == "blog"
    assert not any("workshop" in item.title for item in stage.what_waits(person("lead-a"), stage.WORKSHOP))


def seen(client, due, key, at=stage.WORKSHOP):
    with clock.held_at(at):
        client.force_login(person(key))
        return client.get(due.get_absolute_url()).content.decode()


def test_the_page_says_that_the_lead_stayed_away(client, due):
    record(due, Guest("Ines", False))
    for key in ("manager", "lead-a", "observer"):
        assert "Nobody came for the lead." in seen(client, due, key)


def test_the_page_says_nothing_of_it_when_the_lead_came_or_the_day_is_to_come(client, due):
    assert "Nobody came for the lead." not in seen(client, due, "manager", EVENING_BEFORE)
    record(due, Guest("Ines", False), Guest("Priya", True))
    assert "Nobody came for the lead." not in seen(client, due, "manager")


def test_the_form_is_there_from_the_day_on_also_when_nobody_was_announced(client, due):
    before = seen(client, due, "manager", EVENING_BEFORE)
    assert "Record attendance" not in before
    assert "Record who came from that day on." in before
    assert "Record attendance" in seen(client, due, "manager", MORNING)
    assert "Record attendance" not in seen(client, due, "observer", MORNING)
    address = reverse("deliverables:record_attendance", args=[due.pk])
    with clock.held_at(MORNING):
        client.force_login(person("manager"))
        empty = client.post(address, {"of_lead": " ", "of_members": ""})
        assert empty.status_code == 422
        assert "Say who came." in empty.content.decode()
        long = client.post(address, {"of_members": "x" * 121})
        assert "Enter each name in 120 characters or fewer" in long.content.decode()
        assert (
            client.post(address, {"of_lead": "Priya Nair\n\n", "of_members": "A\r\nA\nB"}).status_code == 302
        )
    assert sorted(due.attendances.values_list("name", "is_lead")) == [
        ("A", False),
        ("B", False),
        ("Priya Nair", True),
    ]


def test_the_form_refuses_before_the_day(client, due):
    address = reverse("deliverables:record_attendance", args=[due.pk])
    with clock.held_at(EVENING_BEFORE):
        client.force_login(person("manager"))
        refused = client.post(address, {"of_lead": "Priya Nair"})
    assert refused.status_code == 422
    assert "Record who came from that day on." in refused.content.decode()
