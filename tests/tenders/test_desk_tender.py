"""The fund's page of one tender: no link on it leads nowhere, and of proposals it shows a number."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import clock
from odifund.core.errors import TooLate
from tenders.actions import decision, submission
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories.panel import (
    DECIDED,
    check_eligibility,
    decided_tender,
    moderated_tender,
    name_panel,
)
from tests.factories.pile import opened_pile
from tests.factories.proposal import (
    close,
    closed_tender,
    complete_proposal,
    opened_tender,
    propose_opening,
    submitted_proposal,
)
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
            found = set()
            for address in ("/staff/tenders/", f"/staff/tenders/{tender.reference}/"):
                page = client.get(address)
                assert page.status_code == 200
                assert links(page)
                found |= links(page)
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
    assert "Open the proposals One person proposes it, another confirms it" in words(page_of(client))


def desk(client, player, at=DECIDED, reference="SF1"):
    client.force_login(cast.person(player, at=at))
    with clock.held_at(at):
        return words(client.get(f"/staff/tenders/{reference}/"))


def row(client, at=DECIDED):
    client.force_login(cast.person("manager", at=at))
    with clock.held_at(at):
        return words(client.get("/staff/tenders/"))


def test_eligibility_and_the_panel_are_asked_for_until_they_are_done(client):
    tender = opened_pile(2)
    page = desk(client, "manager")
    assert "Record who is eligible 2 proposals of 2" in page
    assert "Name the panel So far 0 of 3 evaluators, no moderator yet" in page
    name_panel(tender)
    check_eligibility(tender)
    page = desk(client, "manager")
    for done in ("Record who is eligible", "Name the panel", "Propose the awards"):
        assert done not in page
    assert "The panel scores, then agrees: 2 proposals of 2 without agreed scores" in page
    assert "Scores of 2 proposals, from the panel" in row(client)


def test_the_awards_are_asked_for_once_every_score_is_agreed_and_then_a_second_person(client):
    tender = moderated_tender(opened_pile(4))
    assert "The awards, by two people" in row(client)
    for player in ("manager", "approver"):
        assert "Propose the awards One person proposes it" in desk(client, player)
    assert "Propose the awards" not in desk(client, "observer")
    chosen = [each.version.proposal_id for each in Ranking(tender).rows if each.placed.fits]
    decision.propose(tender, chosen, by=cast.person("manager", at=DECIDED), at=DECIDED)
    assert "Approve the awards" in desk(client, "approver")
    assert "The decision waits for a second person You proposed it" in desk(client, "manager")
    assert "A second person to approve the awards" in row(client)


def test_a_proposed_opening_waits_for_who_did_not_propose_it(client):
    at = propose_opening(closed_tender())
    assert "Confirm the opening" in desk(client, "approver", at)
    assert "The opening waits for a second person" in desk(client, "manager", at)


def test_after_the_opening_the_page_no_longer_says_that_nothing_is_shown(client):
    opened_tender()
    page = desk(client, "manager")
    assert "proposals submitted, and opened by two people" in page
    assert "Nothing else is shown" not in page


def test_who_does_not_answer_questions_is_not_told_to(client):
    published_tender()
    assert "Proposals close The clock" not in desk(client, "observer", PUBLISHED + timedelta(days=9))


def test_late_attempts_are_numbers_without_names(client):
    tender = published_tender()
    slow, late = complete_proposal(tender), complete_proposal(tender, lead="lead-b", title="Bins")
    deadline = tender.proposals_close_at
    for proposal, seen_at in ((slow, deadline - timedelta(seconds=1)), (late, deadline + timedelta(hours=1))):
        with clock.held_at(deadline + timedelta(hours=1)), pytest.raises(TooLate):
            submission.submit(proposal, key=uuid.uuid4(), by=proposal.started_by, seen_at=seen_at)
    close(tender)
    page = desk(client, "manager", deadline + timedelta(hours=2))
    assert "2 attempts to submit or withdraw came after the deadline and were refused" in page
    assert "1 of them had reached the portal before the deadline" in page
    for secret in (slow.title, slow.consortium.lead.name, str(late.started_by)):
        assert secret not in page


def test_the_list_asks_no_more_queries_for_more_tenders(client, django_assert_max_num_queries):
    opened_pile(2)
    row(client)
    with CaptureQueriesContext(connection) as one:
        row(client)
    opened_pile(2, reference="SF2")
    opened_pile(3, reference="SF3")
    with django_assert_max_num_queries(len(one)):
        row(client)


def test_after_the_decision_a_manager_offers_the_contracts(client):
    decided_tender()
    for player, waits in (("manager", True), ("observer", False)):
        client.force_login(cast.person(player, at=DECIDED))
        with clock.held_at(DECIDED):
            page = client.get("/staff/tenders/SF1/").content.decode()
        assert ("Offer the contracts" in page) is waits, player
