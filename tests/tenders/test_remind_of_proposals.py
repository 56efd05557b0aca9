"""Reminders before proposals close: to those whose draft is not submitted, once each."""

from datetime import timedelta

import pytest

from odifund.core import reminders
from odifund.core.models import OutboxMessage
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db
DAYS, HOURS = "tenders/proposals_close_in_days", "tenders/proposals_close_in_hours"


def reminded(kind):
    return sorted(OutboxMessage.objects.filter(kind=kind).values_list("address", flat=True))


def sweep(tender, **before):
    reminders.sweep(tender.proposals_close_at - timedelta(**before))


def test_everybody_named_on_a_draft_is_reminded_once_two_days_and_once_three_hours_before():
    tender = published_tender()
    made.draft_proposal(tender)
    both = sorted(cast.PLAYERS[player].email for player in ("lead-a", "partner-a"))
    sweep(tender, days=2, seconds=1)
    assert reminded(DAYS) == []
    for hours in (48, 47, 4):
        sweep(tender, hours=hours)
    assert (reminded(DAYS), reminded(HOURS)) == (both, [])
    for hours in (3, 2, 1):
        sweep(tender, hours=hours)
    assert (reminded(DAYS), reminded(HOURS)) == (both, both)


def test_nobody_is_reminded_of_a_submitted_proposal_or_after_the_deadline():
    tender = published_tender()
    made.submitted_proposal(tender)
    sweep(tender, hours=2)
    made.draft_proposal(tender, lead="lead-b", members=())
    sweep(tender, hours=0)
    assert reminded(HOURS) == []


def test_the_mail_is_sealed_and_says_which_proposal():
    tender = published_tender()
    made.draft_proposal(tender, members=())
    sweep(tender, hours=2)
    mail = OutboxMessage.objects.get(kind=HOURS)
    assert mail.sealed
    assert "Repairs people can see (Exampleshire County Council)" in mail.subject
    assert "5pm on Friday 22 September 2017" in mail.body
