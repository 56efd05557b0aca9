"""A late attempt is admitted by two, for an incident on record, before the opening; then it counts."""

import uuid
from datetime import timedelta

import pytest

from consortia.models import Organisation
from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import admission, incident, submission
from tenders.models import Incident, LateAttempt, Proposal, Register, Version
from tenders.queries import eligibility
from tests import cast
from tests.factories import proposal as made
from tests.factories.extension import extended
from tests.journeys.browsing import Browser
from tests.read import as_read

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def late():
    """A complete draft whose submit came to its turn a second after the deadline, and the tender closed."""
    proposal = made.complete_proposal()
    deadline = proposal.tender.proposals_close_at
    with clock.held_at(deadline + SECOND), pytest.raises(TooLate):
        submission.submit(
            proposal, key=uuid.uuid4(), by=proposal.started_by, seen_at=deadline - SECOND, without=[]
        )
    made.submitted_proposal(proposal.tender, lead="lead-b", title="Bins")
    made.close(proposal.tender)
    proposal.tender.refresh_from_db()
    return LateAttempt.objects.select_related("tender", "proposal").get()


def at(late):
    return late.deadline_at + timedelta(hours=1)


def person(late, player):
    return cast.person(player, at=at(late))


def broken(late, began=-timedelta(minutes=5)):
    return incident.record(
        late.tender,
        what="The database stood still.",
        began_at=late.deadline_at + began,
        ended_at=late.deadline_at + began + timedelta(minutes=6),
        noticed_by="The canary",
        by=person(late, "manager"),
        at=at(late),
    )


def propose(late, by="manager", why=None):
    with clock.held_at(at(late)):
        return admission.propose(
            late, incident=why or broken(late), reason="It waited for us.", by=person(late, by), at=at(late)
        )


def admit(proposed, late, by="approver"):
    with clock.held_at(at(late)):
        admission.admit(proposed, by=person(late, by), at=at(late))


def test_two_people_admit_it_and_it_counts(late):
    admit(propose(late), late)
    version = Version.objects.get(proposal=late.proposal)
    assert version.admitted_late
    assert version.submitted_at == late.judged_at
    assert '"admitted_late":true' in version.manifest
    late.proposal.refresh_from_db()
    assert late.proposal.stands
    first, second = Register.objects.order_by("number")
    assert second.content["supersedes"] == first.number
    assert (first.content["in_time"], second.content["in_time"]) == (1, 2)
    mine = {row["receipt_number"]: row for row in second.content["receipts"]}[version.receipt_number]
    assert mine["admitted_late"] is True
    mails = OutboxMessage.objects.filter(kind="tenders/proposal_submitted")
    assert any("two people of the fund admitted it" in mail.body for mail in mails)


def test_it_is_opened_and_eligible_like_the_others(late):
    admit(propose(late), late)
    made.open_proposals(late.tender, at=at(late) + timedelta(hours=1))
    checked = eligibility.checked(Proposal.objects.get(pk=late.proposal_id))
    assert all(fact.holds for fact in checked.facts)
    assert "admitted by two people" in checked.facts[0].fact


def test_one_person_alone_does_not_and_nobody_who_bids(late):
    proposed = propose(late)
    for player in ("manager", "evaluator-1", "lead-b", "administrator"):
        with pytest.raises(WrongPerson):
            admit(proposed, late, player)
    assert not Proposal.objects.get(pk=late.proposal_id).stands


def test_what_began_after_it_is_no_cause_and_an_incomplete_draft_is_not_admitted(late):
    with pytest.raises(NotReady) as refused:
        propose(late, why=broken(late, timedelta(minutes=5)))
    assert "cannot be the cause" in refused.value.sentences[0]
    Proposal.objects.filter(pk=late.proposal_id).update(declared_by=None, declared_at=None)
    with pytest.raises(NotReady) as refused:
        propose(late)
    assert "The draft was not complete" in refused.value.sentences[-1]


def test_an_attempt_before_a_deadline_that_was_extended_is_none(late):
    """The bidder could submit until the new one, and went on writing: nobody knows what stood before."""
    again = at(late) + timedelta(days=4)
    extended(late.tender, at=at(late), incident=broken(late))
    made.close(late.tender, at=again)
    late.refresh_from_db()
    cause = Incident.objects.get()
    with pytest.raises(NotReady) as refused, clock.held_at(again):
        admission.propose(late, incident=cause, reason="It waited.", by=person(late, "manager"), at=again)
    assert "extended after this attempt" in refused.value.sentences[0]


def test_its_receipt_is_mailed_when_it_is_admitted(late):
    admit(propose(late), late)
    receipt = OutboxMessage.objects.filter(kind="tenders/proposal_submitted").order_by("queued_at").last()
    assert receipt.queued_at == at(late)


def test_what_an_organisation_says_of_itself_later_changes_no_fact(late):
    admit(propose(late), late)
    made.open_proposals(late.tender, at=at(late) + timedelta(hours=1))
    Organisation.objects.update(in_uk=False, kind="other", name="Renamed")
    facts = eligibility.checked(Proposal.objects.get(pk=late.proposal_id)).facts
    public = next(fact for fact in facts if "public sector" in fact.condition)
    assert (public.holds, public.fact) == (True, "Exampleshire County Council")


def test_after_the_opening_it_is_too_late_for_that_too(late):
    proposed = propose(late)
    made.open_proposals(late.tender, at=at(late) + timedelta(hours=1))
    with pytest.raises((MovedOn, NotReady)):
        admit(proposed, late)


def test_staff_read_moments_and_no_party(late):
    propose(late)
    when = at(late)
    manager = Browser("manager", when)
    for path in ("late/", f"late/{late.pk}/"):
        page = manager.see(f"/staff/tenders/SF1/{path}", when).words
        assert "5:00:01pm" in page
        for secret in (late.proposal.title, "Exampleshire", "Priya"):
            assert secret not in page, path
    assert Browser("lead-a", when).see(f"/staff/tenders/SF1/late/{late.pk}/", when).status_code == 404
    sealed = Event.objects.filter(name__startswith="admission.")
    assert all("Exampleshire" not in str(event.facts) for event in sealed)


def test_the_pages_lead_two_people_through(late):
    broken(late)
    when, path = at(late), f"/staff/tenders/SF1/late/{late.pk}/"
    answer = Browser("manager", when).send(path, when, incident="1", reason="It waited for us.")
    assert answer.status_code == 302
    approver = Browser("approver", when)
    with clock.held_at(when):
        fields = as_read(approver.client.get(path))
    assert approver.send(f"{path}confirm/", when, **fields).status_code == 302
    assert "Admitted" in approver.see(path, when).words
