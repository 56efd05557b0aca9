"""Withdrawing before the deadline, and submitting again."""

from datetime import timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, TooLate, WrongPerson
from odifund.core.models import OutboxMessage
from tenders.actions import submission
from tenders.models import LateAttempt, Proposal
from tenders.queries.proposal import count_submitted, standing_version
from tests import cast
from tests.factories import proposal as made

pytestmark = pytest.mark.django_db


def withdraw(proposal, at, by=None):
    with clock.held_at(at):
        submission.withdraw(proposal, by=by or proposal.started_by, seen_at=at)
    proposal.refresh_from_db()


def later(proposal):
    return made.written_at(proposal.tender) + timedelta(hours=2)


def test_a_withdrawn_proposal_no_longer_stands_and_its_version_is_kept():
    proposal = made.submitted_proposal()
    withdraw(proposal, later(proposal))
    assert proposal.status == Proposal.Status.WITHDRAWN
    assert standing_version(proposal) is None
    assert proposal.versions.count() == 1
    assert count_submitted(proposal.tender) == 0
    assert OutboxMessage.objects.filter(kind="tenders/proposal_withdrawn").count() == 2


def test_it_can_be_submitted_again_until_the_deadline():
    proposal = made.submitted_proposal()
    withdraw(proposal, later(proposal))
    version = made.submit(proposal, at=later(proposal) + timedelta(hours=1))
    proposal.refresh_from_db()
    assert standing_version(proposal) == version
    assert version.number == 2
    assert proposal.withdrawn_at is None


def test_on_the_deadline_it_stands_and_the_attempt_is_recorded():
    proposal = made.submitted_proposal()
    with pytest.raises(TooLate):
        withdraw(proposal, proposal.tender.proposals_close_at)
    proposal.refresh_from_db()
    assert proposal.status == Proposal.Status.SUBMITTED
    assert LateAttempt.objects.get().what == "withdraw"


def test_a_draft_cannot_be_withdrawn():
    proposal = made.complete_proposal()
    with pytest.raises(MovedOn):
        withdraw(proposal, later(proposal))


def test_only_the_leads_people_withdraw():
    proposal = made.submitted_proposal()
    for player in ("partner-a", "lead-b", "manager"):
        with pytest.raises(WrongPerson):
            withdraw(proposal, later(proposal), by=cast.person(player, at=later(proposal)))
