"""Scores: kept as drafts, locked all together, and seen by nobody else before every one is locked."""

import pytest

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tenders import access
from tenders.actions import eligibility, panel, score
from tenders.models import Score
from tests import cast
from tests.factories.panel import (
    EVALUATORS,
    declare,
    panelled_tender,
    proposals_of,
    score_all,
)
from tests.factories.pile import OPENED, opened_pile

pytestmark = pytest.mark.django_db
OTHERS = (
    "evaluator-2",
    "evaluator-3",
    "moderator",
    "manager",
    "approver",
    "observer",
    "administrator",
    "finance",
)


def seen_by(key, proposal):
    return access.scores_for(cast.person(key, at=OPENED), proposal)


@pytest.fixture
def proposal():
    return proposals_of(panelled_tender(opened_pile(1)))[0]


def test_a_score_without_a_reason_is_kept_as_a_draft(proposal):
    criterion = proposal.tender.criteria.first()
    me = cast.person("evaluator-1", at=OPENED)
    score.save(proposal, criterion, score=4, reason="", by=me, at=OPENED)
    kept = score.save(proposal, criterion, score=None, reason="Thin.", note="Ask.", by=me, at=OPENED)
    assert (kept.score, kept.reason, kept.note) == (None, "Thin.", "Ask.")
    assert Score.objects.count() == 1


def test_locking_needs_every_criterion_with_its_reason(proposal):
    me = cast.person("evaluator-1", at=OPENED)
    score.save(proposal, proposal.tender.criteria.first(), score=4, reason="", by=me, at=OPENED)
    with pytest.raises(NotReady) as refused:
        score.lock(proposal, by=me, at=OPENED)
    assert refused.value.sentences[0].startswith("Give the reason for your score of “Need and users”")
    assert len(refused.value.sentences) == 1 + 2 * 4
    assert not Score.objects.filter(status="locked").exists()


def test_a_locked_score_does_not_change_and_each_lock_is_in_the_trail(proposal):
    score_all(proposal, "evaluator-1")
    me = cast.person("evaluator-1", at=OPENED)
    with pytest.raises(MovedOn, match="You locked"):
        score.save(proposal, proposal.tender.criteria.first(), score=5, reason="Better", by=me, at=OPENED)
    with pytest.raises(MovedOn):
        score.lock(proposal, by=me, at=OPENED)
    events = Event.objects.filter(name="score.locked")
    assert events.count() == 5
    assert "score" not in str([event.facts for event in events])


def test_nobody_sees_anothers_scores_until_all_are_locked(proposal):
    score_all(proposal, "evaluator-1")
    score_all(proposal, "evaluator-2")
    score_all(proposal, "evaluator-3", lock=False)
    for key in OTHERS:
        mine = cast.person(key, at=OPENED).pk
        assert {s.evaluator_id for s in seen_by(key, proposal)} <= {mine}, key
    score.lock(proposal, by=cast.person("evaluator-3", at=OPENED), at=OPENED)
    for key in (*EVALUATORS, "moderator", "manager", "approver", "observer"):
        assert seen_by(key, proposal).count() == 15, key
    for key in ("administrator", "finance", "lead-a", "newcomer"):
        assert not seen_by(key, proposal).exists(), key


def test_the_bidder_sees_no_score(proposal):
    for key in EVALUATORS:
        score_all(proposal, key)
    assert not access.scores_for(proposal.started_by, proposal).exists()


def test_an_evaluator_who_has_not_declared_is_awaited_too():
    tender = opened_pile(1, evaluators_least=1)
    from tests.factories.panel import check_eligibility, name_panel

    name_panel(tender, "evaluator-1", "evaluator-2")
    declare(tender, "evaluator-1")
    declare(tender, "moderator")
    check_eligibility(tender)
    proposal = proposals_of(tender)[0]
    score_all(proposal, "evaluator-1")
    assert not seen_by("moderator", proposal).exists()


def test_a_deputy_counts_when_they_have_scored_and_is_not_awaited_before():
    tender = panelled_tender(opened_pile(1, evaluators_least=2))
    proposal = proposals_of(tender)[0]
    manager = cast.person("manager", at=OPENED)
    for seat in tender.panel.filter(person__email__startswith="haruto"):
        panel.end(seat, by=manager, at=OPENED)
    deputy = cast.person("evaluator-3", at=OPENED)
    panel.name(tender, deputy, part="evaluator", is_deputy=True, by=manager, at=OPENED)
    score_all(proposal, "evaluator-1")
    score_all(proposal, "evaluator-3", lock=False)
    score_all(proposal, "evaluator-2")
    assert not seen_by("moderator", proposal).exists()
    score.lock(proposal, by=deputy, at=OPENED)
    assert seen_by("moderator", proposal).count() == 15


def test_nobody_begins_to_score_once_the_scores_can_be_seen():
    tender = panelled_tender(opened_pile(1, evaluators_least=2))
    proposal = proposals_of(tender)[0]
    manager = cast.person("manager", at=OPENED)
    panel.end(tender.panel.get(person__email__startswith="haruto"), by=manager, at=OPENED)
    panel.name(
        tender,
        cast.person("evaluator-3", at=OPENED),
        part="evaluator",
        is_deputy=True,
        by=manager,
        at=OPENED,
    )
    score_all(proposal, "evaluator-1")
    score_all(proposal, "evaluator-2")
    assert seen_by("evaluator-3", proposal).exists()
    with pytest.raises(MovedOn, match="complete"):
        score_all(proposal, "evaluator-3", lock=False)


def test_only_the_tenders_own_criteria_are_scored(proposal):
    other = opened_pile(1, reference="SF2")
    with pytest.raises(MovedOn, match="another tender"):
        score.save(
            proposal,
            other.criteria.first(),
            score=3,
            reason="x",
            by=cast.person("evaluator-1", at=OPENED),
            at=OPENED,
        )


def test_who_is_not_an_evaluator_of_the_tender_does_not_score(proposal):
    for key in ("moderator", "manager", "observer", "administrator", "lead-a"):
        with pytest.raises(WrongPerson):
            score.save(
                proposal,
                proposal.tender.criteria.first(),
                score=3,
                reason="x",
                by=cast.person(key, at=OPENED),
                at=OPENED,
            )


def test_what_is_not_eligible_is_not_scored(proposal):
    manager = cast.person("manager", at=OPENED)
    eligibility.record(proposal, eligible=False, reason="No public body.", by=manager, at=OPENED)
    with pytest.raises(MovedOn, match="not eligible"):
        score_all(proposal, "evaluator-1")


def test_not_eligible_needs_a_reason_and_only_a_manager_says_it(proposal):
    with pytest.raises(NotReady):
        eligibility.record(
            proposal, eligible=False, reason=" ", by=cast.person("manager", at=OPENED), at=OPENED
        )
    for key in ("approver", "evaluator-1", "moderator"):
        with pytest.raises(WrongPerson):
            eligibility.record(proposal, eligible=True, reason="", by=cast.person(key, at=OPENED), at=OPENED)


def test_the_public_number_is_drawn_once(proposal):
    before = proposal.eligibility.public_number
    manager = cast.person("manager", at=OPENED)
    again = eligibility.record(proposal, eligible=False, reason="Late news.", by=manager, at=OPENED)
    assert again.public_number == before
    assert 1000 <= before <= 9999
