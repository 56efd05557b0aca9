"""Who works on a proposal stays signed in until a day after its deadline, and is asked to try before."""

from datetime import timedelta

import pytest

from odifund.core import devices, reminders
from odifund.core.models import OutboxMessage
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import BEFORE
from tests.factories.tender import PUBLISHED, published_tender

pytestmark = pytest.mark.django_db
KIND = "tenders/try_signing_in"


def person(key):
    return cast.person(key, at=BEFORE)


def test_a_sign_in_lasts_until_a_day_after_the_latest_deadline_of_ones_own():
    first, second = published_tender(), published_tender(reference="SF2")
    made.draft_proposal(first)
    made.submitted_proposal(second)
    at = PUBLISHED + timedelta(days=1)
    latest = max(first.proposals_close_at, second.proposals_close_at)
    assert devices.lasts(person("lead-a"), at) == latest + timedelta(days=1) - at
    assert devices.lasts(person("partner-a"), at) == latest + timedelta(days=1) - at
    for nobody_of_it in ("lead-b", "newcomer", "manager"):
        assert devices.lasts(person(nobody_of_it), at) == timedelta(days=14)


def test_near_the_deadline_and_after_it_two_weeks_are_the_least():
    tender = published_tender()
    made.draft_proposal(tender)
    for at in (tender.proposals_close_at - timedelta(days=1), tender.proposals_close_at):
        assert devices.lasts(person("lead-a"), at) == timedelta(days=14)


def asked_to_try():
    return sorted(OutboxMessage.objects.filter(kind=KIND).values_list("address", flat=True))


def test_a_week_before_everybody_named_is_asked_once_to_try_and_nobody_else():
    tender = published_tender()
    made.draft_proposal(tender)
    made.draft_proposal(tender, lead="lead-b")
    everybody = sorted(cast.PLAYERS[player].email for player in ("lead-a", "partner-a", "lead-b"))
    reminders.sweep(tender.proposals_close_at - timedelta(days=7, seconds=1))
    assert asked_to_try() == []
    for days in (7, 6, 3):
        reminders.sweep(tender.proposals_close_at - timedelta(days=days))
    assert asked_to_try() == everybody, "the agency in two rivals gets one mail too"
    mail = OutboxMessage.objects.filter(kind=KIND).first()
    assert mail.sealed
    assert "sign in now to check that you can" in mail.subject
    assert "Exampleshire" not in mail.body


def test_who_comes_in_the_last_two_days_is_not_asked_any_more():
    tender = published_tender()
    made.draft_proposal(tender)
    reminders.sweep(tender.proposals_close_at - timedelta(days=2))
    assert asked_to_try() == []
