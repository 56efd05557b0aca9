"""The home page once contracts are signed: what consortia owe, what staff review, what finance pays."""

from datetime import timedelta

import pytest

from tests.factories.delivery import (
    FINAL,
    REVIEWED,
    SIGNED,
    accepted,
    awarded,
    contract_of,
    delivered,
    offered,
    owed,
    tender_in_delivery,
)
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db


def home(player, at):
    with visiting(player, at=at) as client:
        return text_of(client.get("/home/"))


def test_an_offered_contract_waits_for_the_people_of_the_lead_alone():
    offered()
    assert "Read and accept the contract" in home("lead-a", SIGNED)
    assert "Read and accept the contract" not in home("partner-a", SIGNED)
    assert "Read and accept the contract" not in home("manager", SIGNED)


def test_approved_awards_wait_for_their_contracts_to_be_offered():
    tender = awarded()
    assert "Offer the contracts of SF1" in home("manager", SIGNED)
    offered(tender)
    assert "Offer the contracts" not in home("manager", SIGNED)


def test_what_is_owed_waits_for_its_consortium_by_date_and_becomes_overdue():
    contract = contract_of(tender_in_delivery())
    blog = owed(contract, "blog")
    page = home("lead-a", blog.due_at - timedelta(days=4))
    assert f"/deliverables/{blog.pk}/" in page
    assert "4 days left" in page
    assert "Overdue" in home("partner-a", blog.due_at)
    assert f"/deliverables/{blog.pk}/" not in home("lead-b", blog.due_at)
    assert f"/deliverables/{blog.pk}/" not in home("newcomer", blog.due_at)


def test_what_was_handed_in_waits_for_the_manager_and_no_longer_for_the_consortium():
    contract = contract_of(tender_in_delivery())
    handed_in = delivered(contract, "report", at=FINAL)
    link = f"/deliverables/{handed_in.pk}/"
    assert link in home("manager", FINAL)
    assert link not in home("lead-a", FINAL)
    assert link not in home("finance", FINAL)


def test_what_has_fallen_due_waits_for_finance():
    contract = contract_of(tender_in_delivery())
    assert "Nothing waits for you" in home("finance", FINAL)
    accepted(contract, "halfway")
    page = home("finance", REVIEWED)
    assert "to Exampleshire County Council" in page
    assert "Due since" in page
    assert "Pay £" not in home("manager", REVIEWED)
