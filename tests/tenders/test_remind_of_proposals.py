"""Reminders before proposals close: to those whose draft is not what stands, once each."""

from datetime import UTC, datetime, timedelta

import pytest

from odifund.core import clock, reminders
from odifund.core.models import OutboxMessage
from tenders.actions import proposal as proposals
from tenders.actions import submission
from tenders.reminders import proposals_close
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import joined
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db
SUBMITTED = datetime(2017, 9, 19, 8, 0, tzinfo=UTC)
AFTER = datetime(2017, 9, 21, 8, 0, tzinfo=UTC)
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


def mail_about(proposal):
    sweep(proposal.tender, hours=2)
    return OutboxMessage.objects.filter(kind=HOURS).first()


def edited(proposal, title, at):
    proposals.rename(proposal, title=title, by=proposal.started_by, at=at)


def test_who_withdrew_hears_that_nothing_stands_and_how_to_submit_again():
    proposal = made.submitted_proposal()
    with clock.held_at(AFTER):
        submission.withdraw(proposal, by=proposal.started_by, seen_at=AFTER)
    mail = mail_about(proposal)
    assert mail.subject.endswith("closes in 2 hours, and your proposal is withdrawn")
    assert "is a draft and has not been submitted" not in mail.body
    assert "was withdrawn from SF1, Stimulus fund for service redesign, at 9am on Thursday 21" in mail.body
    assert "you can submit it again" in mail.body


def test_who_edited_after_submitting_hears_which_version_stands_and_what_is_not_in_it():
    proposal = made.submitted_proposal(at=SUBMITTED)
    edited(proposal, "Repairs people can follow", AFTER)
    version, mail = proposal.versions.get(), mail_about(proposal)
    assert mail.subject.endswith("closes in 2 hours, and your changes are not submitted")
    assert "is “Repairs people can see”, led by Exampleshire County Council, as it was" in mail.body
    assert f"submitted at 9am on Tuesday 19 September 2017, receipt {version.receipt_number}." in mail.body
    assert "the changes are not in it: the title." in mail.body
    assert reminded(HOURS) == sorted(cast.PLAYERS[player].email for player in ("lead-a", "partner-a"))


def test_who_edited_and_edited_back_is_not_reminded():
    proposal = made.submitted_proposal(at=SUBMITTED)
    edited(proposal, "Repairs people can follow", AFTER)
    edited(proposal, "Repairs people can see", AFTER)
    assert mail_about(proposal) is None


def test_who_submitted_the_edits_is_not_reminded():
    proposal = made.submitted_proposal(at=SUBMITTED)
    edited(proposal, "Repairs people can follow", AFTER)
    made.submit(proposal, at=AFTER + timedelta(minutes=1))
    assert mail_about(proposal) is None


def test_a_member_who_joined_after_submitting_is_a_change_too():
    proposal = made.submitted_proposal(at=SUBMITTED)
    joined(proposal.consortium, "newcomer", at=AFTER)
    assert "the changes are not in it: the organisations." in mail_about(proposal).body


def test_queries_do_not_grow_with_submitted_proposals(django_assert_max_num_queries):
    tender = published_tender()
    made.submitted_proposal(tender)
    made.submitted_proposal(tender, lead="lead-b")
    with django_assert_max_num_queries(4):
        assert list(proposals_close(tender.proposals_close_at - timedelta(hours=2))) == []


def test_the_mail_is_sealed_and_says_which_proposal():
    tender = published_tender()
    made.draft_proposal(tender, members=())
    sweep(tender, hours=2)
    mail = OutboxMessage.objects.get(kind=HOURS)
    assert mail.sealed
    assert "Repairs people can see (Exampleshire County Council)" in mail.subject
    assert "5pm on Friday 22 September 2017" in mail.body
