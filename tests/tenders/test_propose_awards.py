"""The decision by two: inside the pot, by the rule or with a reason, exactly what was proposed."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from odifund.core import people
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage, Person
from tenders import access
from tenders.actions import decision, panel
from tenders.models import Award, Decision, Eligibility, Tender
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories.panel import (
    DECIDED,
    decided_tender,
    declare,
    moderated_tender,
    proposals_of,
    scored_tender,
)
from tests.factories.pile import opened_pile
from tests.factories.visit import text_of, visiting
from tests.tenders.test_tender_page import words


def by_the_rule(tender):
    return [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]


def propose(tender, chosen, key="manager", **more):
    return decision.propose(tender, chosen, by=cast.person(key, at=DECIDED), at=DECIDED, **more)


def approve(proposed, key="approver"):
    decision.approve(proposed, by=cast.person(key, at=DECIDED), at=DECIDED)


@pytest.fixture
def tender(db):
    return moderated_tender(opened_pile(4))


def test_one_proposes_and_another_approves(tender):
    proposed = propose(tender, by_the_rule(tender))
    assert not Award.objects.exists()
    with pytest.raises(WrongPerson, match="another person"):
        approve(proposed, "manager")
    approve(proposed)
    tender.refresh_from_db()
    assert tender.status == Tender.Status.DECIDED
    assert tender.decided_at == DECIDED
    assert {award.proposal_id for award in proposed.awards.all()} == set(by_the_rule(tender))
    assert sum(award.price for award in proposed.awards.all()) <= tender.pot
    assert (
        Event.objects.filter(name__in=["decision.proposed", "decision.approved", "tender.decided"]).count()
        == 3
    )


def test_only_managers_and_approvers_decide(tender):
    for key in ("moderator", "evaluator-1", "observer", "finance", "administrator", "lead-a"):
        with pytest.raises(WrongPerson):
            propose(tender, by_the_rule(tender), key)
    proposed = propose(tender, by_the_rule(tender))
    for key in ("moderator", "observer"):
        with pytest.raises(WrongPerson):
            approve(proposed, key)


def test_a_departure_from_the_rule_needs_its_reason(tender):
    departs = by_the_rule(tender)[:-1]
    with pytest.raises(NotReady, match="departs from the published rule"):
        propose(tender, departs)
    assert propose(tender, departs, departure_reason="Two teams are the same people.").chosen
    with pytest.raises(NotReady, match="leave the reason"):
        propose(tender, by_the_rule(tender), departure_reason="No need.")


def test_awards_stay_inside_the_pot_and_the_number_of_awards(db):
    tender = moderated_tender(opened_pile(4, pot=Decimal(95000), awards_most=3))
    everything = [row.version.proposal_id for row in Ranking(tender).rows]
    with pytest.raises(NotReady) as refused:
        propose(tender, everything, departure_reason="All are good.")
    assert refused.value.sentences == [
        "Choose at most 3 proposals; you chose 4.",
        "The proposals you chose cost £123,702 together, £28,702 more than the pot of £95,000.",
    ]
    with pytest.raises(NotReady, match="Choose at least 3 proposals; you chose 1"):
        propose(tender, everything[:1], departure_reason="One is enough.")


def test_a_decision_waits_for_every_eligible_proposal(db):
    tender = scored_tender(opened_pile(2))
    with pytest.raises(NotReady, match="are not agreed yet"):
        propose(tender, [])


def test_only_ranked_proposals_are_awarded(tender):
    other = proposals_of(opened_pile(1, reference="SF2"))[0]
    with pytest.raises(NotReady, match="ranked proposals"):
        propose(tender, [*by_the_rule(tender)[:2], other.pk], departure_reason="x")


def test_what_has_changed_after_it_was_proposed_is_not_approved(tender):
    proposed = propose(tender, by_the_rule(tender))
    last = Ranking(tender).rows[-1].version.proposal
    Eligibility.objects.filter(proposal=last).update(eligible=False, reason="Changed behind the portal.")
    with pytest.raises(MovedOn, match="has changed since"):
        approve(proposed)
    assert not Award.objects.exists()
    assert not OutboxMessage.objects.filter(kind="tenders/tender_decided").exists()


def test_a_proposed_decision_is_taken_back(tender):
    proposed = propose(tender, by_the_rule(tender))
    decision.take_back(proposed, by=cast.person("manager", at=DECIDED), at=DECIDED)
    with pytest.raises(MovedOn, match="Nothing waits"):
        approve(proposed)


def test_a_tender_with_fewer_than_the_least_awards_fitting_is_decided_by_the_rule(db):
    tender = decided_tender(opened_pile(2))
    assert tender.decision.awards.count() == 2


def test_every_named_person_gets_one_letter_naming_their_own_proposal_alone(db):
    tender = decided_tender(opened_pile(4))
    letters = OutboxMessage.objects.filter(kind="tenders/tender_decided")
    assert letters.count() == 4
    for proposal in proposals_of(tender):
        letter = letters.get(person=proposal.started_by)
        assert proposal.title in letter.subject
        for rival in proposals_of(tender):
            assert rival == proposal or str(rival.pk) not in letter.body


def test_two_approvers_at_once_decide_once(committed_db):
    from odifund.core import people
    from odifund.core.models import Person

    tender = moderated_tender(opened_pile(3))
    proposed = propose(tender, by_the_rule(tender))
    second = Person.objects.make("second@fund.example.org", "Second Approver")
    people.give_role(second, "approver", by=None, at=DECIDED)
    approvers = [cast.person("approver", at=DECIDED), second] * 2
    barrier, outcomes = threading.Barrier(len(approvers)), []

    def go(person):
        barrier.wait()
        try:
            decision.approve(Decision.objects.get(pk=proposed.pk), by=person, at=DECIDED)
            outcomes.append("approved")
        except MovedOn:
            outcomes.append("moved on")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in approvers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved"] + ["moved on"] * 3
    assert Award.objects.count() == 3
    assert OutboxMessage.objects.filter(kind="tenders/tender_decided").count() == 3


@pytest.fixture
def small(db):
    """With one proposal alone, for the pages."""
    return moderated_tender(opened_pile(1))


def decision_page(player, tender):
    with visiting(player, at=DECIDED) as client:
        return words(client.get(f"/staff/tenders/{tender.reference}/decision/"))


def test_who_can_approve_is_led_there_and_the_proposer_reads_for_whom_it_waits(small):
    assert "Propose another decision instead" not in decision_page("approver", small)
    second = Person.objects.make("second@fund.example.org", "Second", joined_at=DECIDED)
    people.give_role(second, "manager", by=None, at=DECIDED)
    propose(small, by_the_rule(small))

    page = decision_page("approver", small)
    assert "Morgan Ellery proposed 1 award at 9am on Thursday 28 September 2017" in page
    first, _, another = page.partition("Read and approve the awards")
    assert "Propose these awards" not in first
    assert "It replaces what Morgan Ellery proposed" in another
    assert "Propose these awards" in another

    page = decision_page("manager", small)
    assert "You proposed 1 award at 9am" in page
    assert "Since then it waits for Beatrix Holm or Second." in page
    assert "Read and approve the awards" not in page
    assert "It replaces what you proposed" in page

    for person, role in ((second, "manager"), (cast.person("approver", at=DECIDED), "approver")):
        people.end_role(person, role, by=cast.person("administrator", at=DECIDED), at=DECIDED)
    assert "Nobody else can approve it at present" in decision_page("manager", small)


def test_what_was_chosen_instead_is_not_folded_away(small):
    propose(small, by_the_rule(small))
    with visiting("approver", at=DECIDED) as client:
        address = f"/staff/tenders/{small.reference}/decision/"
        folded, refused = text_of(client.get(address)), text_of(client.post(address, {"chosen": []}))
    assert '<details class="govuk-details of-above-m">' in folded
    assert '<details class="govuk-details of-above-m" open>' in refused


def test_whom_a_decision_waits_for_is_whoever_the_rule_allows(small):
    """One query for all says what the rule says of each."""
    manager, approver = (cast.person(key, at=DECIDED) for key in ("manager", "approver"))
    whole = cast.whole(at=DECIDED)
    bidder = proposals_of(small)[0].started_by
    for person in (whole["moderator"], whole["evaluator-1"], whole["evaluator-2"], bidder):
        people.give_role(person, "manager", by=None, at=DECIDED)
    declare(small, "evaluator-1", "Pattern & Post", at=DECIDED)
    people.give_role(approver, "evaluator", by=None, at=DECIDED)
    panel.name(small, approver, part="evaluator", by=manager, at=DECIDED)
    now = Person.objects.all()
    allowed = {person.email for person in now if access.decides(person, small)}
    assert {person.email for person in access.who_decides(small)} == allowed
    assert allowed == {whole[key].email for key in ("manager", "moderator", "evaluator-2")}
