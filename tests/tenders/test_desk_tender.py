"""The fund's page of one tender: no link on it leads nowhere, and of proposals it shows a number."""

import re
from datetime import timedelta

import pytest

from odifund.core import clock
from tests import cast
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, opened_tender, submitted_proposal
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender, published_tender
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db

STAGES = {
    "draft": (draft_tender, PUBLISHED - timedelta(hours=1)),
    "proposed": (proposed_tender, PUBLISHED),
    "published": (published_tender, PUBLISHED + timedelta(days=10)),
    "opened": (opened_tender, PUBLISHED + timedelta(days=40)),
    "decided": (decided_tender, PUBLISHED + timedelta(days=60)),
}
ADDRESS = re.compile(r"<main.*?</main>", re.S)


def links(response):
    main = ADDRESS.search(response.content.decode())[0]
    return {each for each in re.findall(r'href="(/[^"#]*)"', main) if not each.startswith("/static")}


@pytest.mark.parametrize("stage", STAGES)
def test_every_link_of_the_page_leads_somewhere_for_who_sees_it(client, stage):
    make, at = STAGES[stage]
    tender = make()
    for player in ("manager", "approver", "observer"):
        client.force_login(cast.person(player, at=at))
        with clock.held_at(at):
            page = client.get(f"/staff/tenders/{tender.reference}/")
            assert page.status_code == 200
            found = links(page)
            assert found
            for address in found:
                assert client.get(address).status_code == 200, (player, address)


def page_of(client):
    with clock.held_at(PUBLISHED + timedelta(days=37)):
        return client.get("/staff/tenders/SF1/")


def test_of_proposals_there_is_a_number_and_nothing_else(client):
    tender = published_tender()
    sealed = submitted_proposal(tender)
    client.force_login(cast.person("manager", at=PUBLISHED))
    for at in (PUBLISHED + timedelta(days=20), tender.proposals_close_at + timedelta(hours=1)):
        if at > tender.proposals_close_at:
            close(tender)
        with clock.held_at(at):
            for address in ("/staff/tenders/SF1/", "/staff/tenders/"):
                page = client.get(address)
                html = page.content.decode()
                for secret in (
                    sealed.title,
                    sealed.consortium.lead.name,
                    str(sealed.pk),
                    sealed.consortium.name,
                ):
                    assert secret not in html
    assert "proposal submitted. Nothing else is shown before two people open them 1" in words(page_of(client))


def test_a_closed_tender_asks_for_its_opening(client):
    close(published_tender())
    client.force_login(cast.person("approver", at=PUBLISHED))
    assert "Open the proposals It takes two people" in words(page_of(client))
