"""Nobody plays both sides of one contract, though people of a consortium may have a role at the fund."""

import pytest

from consortia.actions import consortium as parties
from deliverables import access
from deliverables.actions import contract, deliverable, payment, review, workshop
from odifund.core import people
from odifund.core.errors import WrongPerson
from odifund.core.models import OutboxMessage
from tenders.actions import contract as offers
from tests import cast
from tests.factories import delivery as stage
from tests.factories.consortium import colleague

pytestmark = pytest.mark.django_db
PAID = {"paid_on": stage.REVIEWED.date(), "bank_reference": "BACS 1", "at": stage.REVIEWED}


def person(key, *roles):
    found = cast.person(key, at=stage.SIGNED)
    for role in roles:
        people.give_role(found, role, by=None, at=stage.SIGNED)
    return found


@pytest.mark.parametrize("key", ["lead-a", "partner-a"])
def test_nobody_of_the_consortium_signs_for_the_odi(key):
    signed = stage.contract_of(stage.offered())
    both = person(key, "approver", "manager")
    offers.accept(signed, by=cast.person("lead-a", at=stage.SIGNED), at=stage.SIGNED)
    with pytest.raises(WrongPerson):
        contract.countersign(signed, by=both, at=stage.SIGNED)
    assert not any("Countersign" in item.title for item in stage.what_waits(both, stage.SIGNED))
    asked = OutboxMessage.objects.filter(kind="tenders/contract_accepted")
    assert {mail.person for mail in asked} == {person("manager"), person("approver")}


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


def test_nobody_of_the_consortium_reviews_its_work(signed):
    both = person("partner-a", "manager")
    due = stage.delivered(signed, "halfway", at=stage.HALFWAY)
    said = {"comments": "Ours.", "by": both, "at": stage.HALFWAY}
    with pytest.raises(WrongPerson):
        review.accept(due, **said)
    with pytest.raises(WrongPerson):
        review.send_back(due, answer_by=stage.FINAL.date(), **said)
    assert not any("Review" in item.title for item in stage.what_waits(both, stage.HALFWAY))
    asked = OutboxMessage.objects.filter(kind="deliverables/deliverable_delivered")
    assert {mail.person for mail in asked} == {person("manager")}


def test_nobody_of_the_consortium_records_who_came(signed):
    due, both = stage.owed(signed, "workshop"), person("lead-a", "manager")
    coming = workshop.announce(due, name="Priya", is_lead=True, needs="", by=both, at=stage.SIGNED)
    with pytest.raises(WrongPerson):
        workshop.record_attendance(due, came=[coming.pk], by=both, at=stage.WORKSHOP)


def test_a_manager_who_once_worked_for_the_consortium_reviews_none_of_it(signed):
    both = person("partner-a", "manager")
    member = signed.proposal.consortium.members.get(is_lead=False)
    other = colleague("partner-a", "nia@pattern-and-post.example.org", at=stage.SIGNED)
    parties.name_person(member, other, by=both, at=stage.SIGNED)
    parties.unname_person(member, both, by=both, at=stage.SIGNED)
    due = stage.delivered(signed, "halfway", at=stage.HALFWAY)
    with pytest.raises(WrongPerson):
        review.accept(due, by=both, at=stage.HALFWAY)


def test_who_bid_in_a_round_reviews_no_contract_of_it_and_is_not_asked_to(signed):
    rival = stage.contract_of(signed.tender, "lead-b")
    both = person("lead-a", "manager")
    for ours in (signed, rival):
        due = stage.delivered(ours, "halfway")
        with pytest.raises(WrongPerson):
            review.accept(due, by=both, at=stage.REVIEWED)
    assert not any("Review" in item.title for item in stage.what_waits(both, stage.REVIEWED))
    assert both not in access.who_review([rival])[rival.pk]


def test_who_bid_in_a_round_reads_no_rivals_contract_or_work_whatever_their_role(signed, client):
    rival = stage.contract_of(signed.tender, "lead-b")
    client.force_login(person("lead-a", "manager", "finance"))
    due = stage.delivered(rival, "halfway")
    for address in (rival.get_absolute_url(), due.get_absolute_url(), "/staff/tenders/SF1/delivery/"):
        assert client.get(address).status_code == 404, address
    assert rival.title not in client.get("/payments/").content.decode()
    for address in (signed.get_absolute_url(), stage.owed(signed, "halfway").get_absolute_url()):
        assert client.get(address).status_code == 200, address


def test_the_consortiums_own_finance_person_does_not_pay_it(signed):
    both = person("lead-a", "finance")
    stage.accepted(signed, "halfway")
    with pytest.raises(WrongPerson):
        payment.pay(signed.payments.first(), by=both, **PAID)
    assert not any("Pay" in item.title for item in stage.what_waits(both, stage.REVIEWED))


def test_who_accepted_the_work_does_not_pay_for_it(signed, client):
    manager = person("manager", "finance")
    stage.accepted(signed, "halfway")
    first = signed.payments.first()
    with pytest.raises(WrongPerson):
        payment.pay(first, by=manager, **PAID)
    client.force_login(manager)
    assert "Record that it was paid" not in client.get("/payments/").content.decode()
    payment.pay(first, by=person("finance"), **PAID)
    assert first.paid_by == person("finance")


def test_nobody_of_the_consortium_completes_its_contract(signed):
    both = person("lead-a", "manager")
    stage.all_accepted(signed)
    for each in signed.payments.all():
        payment.pay(each, by=person("finance"), **PAID)
    with pytest.raises(WrongPerson):
        contract.complete(signed, by=both, at=stage.REVIEWED)
    assert not any("Complete" in item.title for item in stage.what_waits(both, stage.REVIEWED))
    contract.complete(signed, by=person("manager"), at=stage.REVIEWED)


def test_who_has_both_roles_still_delivers_for_their_consortium(signed):
    both = person("lead-a", "manager")
    assert (
        deliverable.deliver(
            stage.owed(signed, "halfway"), text="Halfway.", by=both, at=stage.HALFWAY
        ).delivered_by
        == both
    )
