"""A tender is in delivery once a contract was signed by both sides, and every page says the same of it."""

from datetime import timedelta

import pytest

from tests.factories import delivery
from tests.factories.panel import DECIDED
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
SOON = DECIDED + timedelta(hours=1)
IN_PUBLIC = ("/", "/tenders/", "/programmes/data-enabled-public-services/")
AT_THE_FUND = ("/home/", "/staff/tenders/", "/staff/tenders/SF1/")


def said(address, player=None):
    with visiting(player, at=SOON) as client:
        return text_of(client.get(address)).replace(">In delivery</option>", "")


def everywhere():
    yield from ((address, said(address)) for address in (*IN_PUBLIC, "/tenders/SF1/"))
    yield from ((address, said(address, "observer")) for address in AT_THE_FUND)


def test_contracts_that_are_only_offered_leave_it_decided_on_every_page():
    delivery.offered(delivery.awarded(), at=SOON)
    for address, page in everywhere():
        assert "Decided" in page, address
        assert "In delivery" not in page, address
        assert "2 October 2017" in page, address
        contracts = (
            "Contracts awarded; the programme starts" if address == "/home/" else "Contracts; work starts on"
        )
        assert contracts in page, address
        assert "Kick-off workshop due" not in page, address


def test_signed_by_both_sides_it_is_in_delivery_on_every_page():
    delivery.tender_in_delivery(delivery.awarded(), at=SOON)
    for address, page in everywhere():
        assert "In delivery" in page, address
        assert ("The programme starts" if address == "/home/" else "Work starts on") in page, address


def test_the_list_of_the_fund_finds_either():
    tender = delivery.offered(delivery.awarded(), at=SOON)
    for signed in (False, True):
        assert ("SF1" in said("/staff/tenders/?status=decided", "observer")) is not signed
        assert ("SF1" in said("/staff/tenders/?status=delivery", "observer")) is signed
        if not signed:
            delivery.tender_in_delivery(tender, at=SOON)
