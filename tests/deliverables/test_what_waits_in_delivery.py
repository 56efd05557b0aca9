"""What the home page says of delivery: to each person what they have to do, and to nobody else."""

from datetime import timedelta

import pytest
from django.test import Client

from deliverables.actions import review
from odifund.core import clock
from tenders.actions import contract as offers
from tests import cast
from tests.factories import delivery as stage
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db


def waiting(key, at=stage.SIGNED):
    return [item.title for item in stage.what_waits(cast.person(key, at=stage.SIGNED), at)]


def test_each_signature_waits_for_its_side():
    tender = stage.awarded()
    assert waiting("manager") == ["Offer the contracts of SF1"]
    stage.offered(tender)
    assert waiting("lead-a") == ["Read and accept the contract “Repairs people can see”"]
    assert waiting("approver") == []
    offers.accept(stage.contract_of(tender), by=cast.person("lead-a", at=stage.SIGNED), at=stage.SIGNED)
    assert waiting("lead-a") == []
    assert waiting("approver") == ["Countersign the contract “Repairs people can see”"]


def test_what_is_owed_waits_for_the_consortium_the_soonest_first():
    stage.tender_in_delivery()
    items = list(stage.what_waits(cast.person("lead-a", at=stage.SIGNED), stage.WORKSHOP - timedelta(days=1)))
    assert [item.title for item in items][:2] == [
        "Say who comes to “Kick-off workshop”",
        "Deliver “Set-up blog”",
    ]
    assert len(waiting("partner-a")) == 4
    assert len(waiting("partner-a", stage.HALFWAY)) == 4  # the workshop is over
    assert waiting("newcomer") == waiting("finance") == waiting("observer") == []


def test_a_delivery_waits_for_the_manager_and_comes_back():
    signed = stage.contract_of(stage.tender_in_delivery())
    due = stage.delivered(signed, "halfway")
    assert "Review “Halfway review”" in waiting("manager")
    assert "Deliver “Halfway review”" not in waiting("lead-a")
    answer_by = stage.HALFWAY.date() + timedelta(days=7)
    by = cast.person("manager", at=stage.SIGNED)
    review.send_back(due, comments="More.", answer_by=answer_by, by=by, at=stage.HALFWAY)
    (item,) = (
        i
        for i in stage.what_waits(cast.person("lead-a", at=stage.SIGNED), stage.HALFWAY)
        if "comments" in i.title
    )
    assert item.due == stage.HALFWAY + timedelta(days=7)
    assert "Answer the comments on “Halfway review”" in waiting("lead-a", stage.HALFWAY)
    assert "Review “Halfway review”" not in waiting("manager")


def test_overdue_work_waits_for_the_manager_one_line_a_contract():
    signed = stage.contract_of(stage.tender_in_delivery())
    by = cast.person("manager", at=stage.SIGNED)
    assert not any("Ask" in title for title in waiting("manager", stage.BLOG - timedelta(microseconds=1)))
    (item,) = (i for i in stage.what_waits(by, stage.BLOG) if i.title.startswith("Ask Exampleshire"))
    assert item.title == "Ask Exampleshire County Council about “Set-up blog”"
    assert item.url == stage.owed(signed, "blog").get_absolute_url()
    assert item.due == stage.BLOG
    (item,) = (i for i in stage.what_waits(by, stage.FINAL) if i.title.startswith("Ask Exampleshire"))
    assert item.title == "Ask Exampleshire County Council about 5 overdue deliverables"
    assert item.url == signed.get_absolute_url()
    assert waiting("approver", stage.FINAL) == waiting("observer", stage.FINAL) == []


def test_a_delivery_waits_since_it_came_last():
    signed = stage.contract_of(stage.tender_in_delivery())
    due = stage.delivered(signed, "halfway", at=stage.HALFWAY)
    by, answer_by = cast.person("manager", at=stage.SIGNED), stage.HALFWAY.date() + timedelta(days=7)
    review.send_back(due, comments="More.", answer_by=answer_by, by=by, at=stage.HALFWAY)
    stage.delivered(signed, "halfway", at=stage.HALFWAY + timedelta(days=5))
    items = stage.what_waits(by, stage.HALFWAY + timedelta(days=7))
    (item,) = (item for item in items if item.title == "Review “Halfway review”")
    assert item.hint.endswith("Waiting for 2 days")


def test_money_waits_for_finance_and_the_end_for_the_manager():
    signed = stage.all_accepted(stage.contract_of(stage.tender_in_delivery()))
    assert waiting("finance") == [
        "Pay £25,000.01 to Exampleshire County Council, payment 1",
        "Pay £25,000 to Exampleshire County Council, payment 2",
    ]
    signed.payments.update(status="paid")
    assert "Complete the contract “Repairs people can see”" in waiting("manager")


def test_the_home_page_shows_it_and_the_contract(client: Client):
    signed = stage.contract_of(stage.tender_in_delivery())
    client.force_login(cast.person("lead-a", at=stage.SIGNED))
    page = client.get("/home/").content.decode()
    assert "Deliver “Set-up blog”" in page
    assert signed.get_absolute_url() in page
    client.force_login(cast.person("lead-b", at=stage.SIGNED))
    assert signed.get_absolute_url() not in client.get("/home/").content.decode()


def on_the_list(key="manager"):
    client = Client()
    client.force_login(cast.person(key, at=stage.SIGNED))
    return words(client.get("/staff/tenders/"))


def test_the_list_of_the_fund_counts_what_waits_in_delivery():
    tender = stage.offered()
    with clock.held_at(stage.SIGNED):
        assert "2 contracts with their leads" in on_the_list()
    stage.tender_in_delivery(tender)
    with clock.held_at(stage.SIGNED):
        assert "Work starts on 2 October 2017 Nothing 2" in on_the_list()
    stage.delivered(stage.contract_of(tender), "halfway")
    with clock.held_at(stage.BLOG + timedelta(minutes=1)):
        assert "1 delivery to review 2 overdue 2" in on_the_list("observer")
