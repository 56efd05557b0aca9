"""The home page between opening and decision: who declares, scores, agrees."""

import pytest

from tenders.actions import score
from tests import cast
from tests.factories.panel import (
    DECIDED,
    EVALUATORS,
    OPENED,
    SCORED,
    check_eligibility,
    decided_tender,
    declare,
    moderated_tender,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
)
from tests.factories.pile import opened_pile
from tests.factories.proposal import closed_tender, propose_opening
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db


def home(player, at=SCORED):
    with visiting(player, at=at) as client:
        return text_of(client.get("/home/"))


def pile(player="evaluator-1", at=SCORED):
    with visiting(player, at=at) as client:
        return text_of(client.get("/panel/SF1/"))


def test_a_closed_tender_waits_for_two_people_to_open_it():
    tender = closed_tender()
    for player in ("manager", "approver"):
        assert "Open the proposals to SF1" in home(player, tender.closed_at)
    at = propose_opening(tender)
    assert "Confirm the opening of SF1" in home("approver", at)
    assert "Confirm the opening of SF1" not in home("manager", at)
    assert "Open the proposals" not in home("manager", at)
    assert "opening of SF1" not in home("observer", at)


def test_an_evaluator_declares_first_and_then_has_a_pile_that_shrinks():
    tender = name_panel(opened_pile())
    cast.person("evaluator-1", at=OPENED)
    assert "Declare your interests for SF1" in home("evaluator-1")
    declare(tender, "evaluator-1")
    assert "Declare your interests" not in home("evaluator-1")
    assert "Score" not in home("evaluator-1")
    assert "Check whether 5 proposals are eligible for SF1" in home("manager")
    check_eligibility(tender)
    assert "Check whether" not in home("manager")
    assert "Score 5 proposals to SF1" in home("evaluator-1")
    score_all(proposals_of(tender)[0], "evaluator-1")
    assert "Score 4 proposals to SF1" in home("evaluator-1")


def test_a_pile_is_drawn_and_everybody_on_the_panel_has_a_way_to_it():
    tender = panelled_tender(opened_pile(3))
    score_all(proposals_of(tender)[0], "evaluator-1")
    page = home("evaluator-1")
    assert "1 of 3 proposals scored" in page
    assert "1 of 3 locked" in page
    assert "Decision in 2 days" in page
    assert "see how far the panel is" in home("moderator")
    for player in ("evaluator-1", "moderator"):
        assert "/panel/SF1/" in home(player)


def test_what_is_scored_is_only_to_be_locked_on_home_and_on_the_pile():
    tender = panelled_tender(opened_pile(3))
    first, second, third = proposals_of(tender)
    score_all(first, "evaluator-1")
    score_all(second, "evaluator-1", lock=False)
    page = home("evaluator-1")
    assert "Score 1 proposal to SF1" in page
    assert "2 of 3 proposals scored" in page
    assert f"Go on with “{third.title}”</a>" in pile()
    score_all(third, "evaluator-1", lock=False)
    page = home("evaluator-1")
    assert "Lock your scores of 2 proposals to SF1" in page
    assert "Score 1 proposal" not in page
    assert f"{second.pk}/lock/" in pile().split(f"Lock your scores of “{second.title}”</a>")[0][-200:]
    score.lock(second, by=cast.person("evaluator-1", at=SCORED), at=SCORED)
    assert "Lock your scores of 1 proposal to SF1" in home("evaluator-1")
    score.lock(third, by=cast.person("evaluator-1", at=SCORED), at=SCORED)
    assert "Lock your scores" not in home("evaluator-1") + pile()


def test_once_decided_a_proposal_is_awarded_or_not():
    decided_tender()
    assert "Awarded" in home("lead-a", DECIDED)
    page = home("lead-b", DECIDED)
    assert "Submitted<" not in page
    assert "the awards are decided" in page


def test_the_moderator_is_told_once_everybody_has_locked():
    tender = panelled_tender(opened_pile())
    assert "Agree the scores" not in home("moderator")
    for proposal in proposals_of(tender):
        for evaluator in EVALUATORS:
            score_all(proposal, evaluator)
    assert f"Agree the scores of {len(proposals_of(tender))} proposals to SF1" in home("moderator")
    assert "Agree the scores" not in home("evaluator-1")


def test_when_all_is_agreed_the_awards_wait_for_two_people():
    moderated_tender(opened_pile(2))
    for player in ("manager", "approver"):
        assert "Propose the awards of SF1" in home(player)
    assert "Propose the awards" not in home("observer")
    for player in ("evaluator-1", "moderator"):
        assert "Nothing waits for you" in home(player)
