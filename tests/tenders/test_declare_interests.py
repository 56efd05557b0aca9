"""Declaring interests: a conflict takes a proposal away at once, at every door, also half way through."""

import pytest

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tenders import access
from tenders.actions import declaration, moderation, panel, score
from tenders.models import Declaration
from tenders.queries.panel import organisations_of
from tests import cast
from tests.factories.panel import (
    EVALUATORS,
    check_eligibility,
    declare,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
    scored_tender,
)
from tests.factories.pile import OPENED, opened_pile

pytestmark = pytest.mark.django_db
AGENCY = "Pattern & Post"


def visible(key, tender):
    person = cast.person(key, at=OPENED)
    return {p.title for p in access.opened_proposals_for(person).filter(tender=tender)}


def test_the_panel_sees_no_proposal_before_declaring_and_all_of_them_after():
    tender = name_panel(opened_pile(3))
    assert visible("evaluator-1", tender) == set()
    declare(tender, "evaluator-1")
    assert len(visible("evaluator-1", tender)) == 3
    assert visible("evaluator-2", tender) == set()


def test_a_manager_who_sits_on_the_panel_declares_first_too():
    from odifund.core import people

    tender = opened_pile(2)
    manager = cast.person("manager", at=OPENED)
    people.give_role(manager, "evaluator", by=None, at=OPENED)
    assert len(visible("manager", tender)) == 2
    panel.name(tender, manager, part="evaluator", by=manager, at=OPENED)
    assert visible("manager", tender) == set()


def test_every_organisation_in_the_tender_is_on_the_list_once():
    names = list(organisations_of(opened_pile(4)).values())
    assert names.count(AGENCY) == 1
    assert len(names) == len(set(names)) == 7


def test_a_declaration_is_about_every_organisation():
    tender = name_panel(opened_pile(2))
    person = cast.person("evaluator-1", at=OPENED)
    answers = dict.fromkeys(organisations_of(tender), (False, ""))
    answers.popitem()
    with pytest.raises(NotReady, match="Say whether you have an interest"):
        declaration.declare(tender, answers, by=person, at=OPENED)
    assert not Declaration.objects.exists()


def test_a_conflict_needs_words():
    tender = name_panel(opened_pile(2))
    answers = dict.fromkeys(organisations_of(tender), (True, "  "))
    with pytest.raises(NotReady, match="Say what your interest"):
        declaration.declare(tender, answers, by=cast.person("evaluator-1", at=OPENED), at=OPENED)


def test_a_conflict_with_an_agency_takes_every_proposal_it_is_in():
    tender = name_panel(opened_pile(4))
    declare(tender, "evaluator-2", AGENCY)
    agencys = {p.title for p in proposals_of(tender) if AGENCY in str(p.versions.get().members)}
    assert len(agencys) == 2
    assert visible("evaluator-2", tender) == {p.title for p in proposals_of(tender)} - agencys


def test_a_conflict_declared_half_way_takes_the_persons_scores_away_at_every_door():
    tender = panelled_tender(opened_pile(2, evaluators_least=2))
    proposal = next(p for p in proposals_of(tender) if AGENCY in str(p.versions.get().members))
    me = cast.person("evaluator-2", at=OPENED)
    score_all(proposal, "evaluator-2")
    assert access.scores_for(me, proposal).count() == 5
    declare(tender, "evaluator-2", AGENCY)
    assert not access.scores_for(me, proposal).exists()
    assert not access.opened_proposals_for(me).filter(pk=proposal.pk).exists()
    with pytest.raises(WrongPerson):
        score.save(proposal, tender.criteria.first(), score=5, reason="x", by=me, at=OPENED)
    for key in ("evaluator-1", "evaluator-3"):
        score_all(proposal, key)
    seen = access.scores_for(cast.person("moderator", at=OPENED), proposal)
    assert {s.evaluator_id for s in seen} == {cast.person(k, at=OPENED).pk for k in EVALUATORS} - {me.pk}


def test_a_moderator_with_a_conflict_does_not_moderate_or_see_the_proposal():
    tender = scored_tender(opened_pile(2))
    declare(tender, "moderator", AGENCY)
    proposal = next(p for p in proposals_of(tender) if AGENCY in str(p.versions.get().members))
    person = cast.person("moderator", at=OPENED)
    assert not access.scores_for(person, proposal).exists()
    with pytest.raises(WrongPerson):
        moderation.start(proposal, by=person, at=OPENED)


def test_an_organisation_that_has_left_the_consortium_since_still_counts():
    tender = name_panel(opened_pile(1))
    declare(tender, "evaluator-1", AGENCY)
    proposal = proposals_of(tender)[0]
    member = proposal.consortium.members.get(organisation__name=AGENCY)
    member.left_by, member.left_at = cast.person("manager", at=OPENED), OPENED
    member.save()
    assert visible("evaluator-1", tender) == set()


def test_a_conflict_can_be_added_later_and_is_not_taken_back():
    tender = name_panel(opened_pile(2))
    declare(tender, "evaluator-1")
    declare(tender, "evaluator-1", AGENCY)
    with pytest.raises(NotReady, match="It stands"):
        declare(tender, "evaluator-1")
    assert Declaration.objects.filter(conflict=True).count() == 1
    assert Event.objects.filter(name="interests.declared").count() == 2


def test_nobody_declares_who_is_not_on_the_panel_or_proposes_themselves():
    tender = name_panel(opened_pile(2))
    with pytest.raises(WrongPerson):
        declare(tender, "manager")
    bidder = proposals_of(tender)[0].started_by
    from odifund.core import people

    people.give_role(bidder, "evaluator", by=None, at=OPENED)
    panel.name(tender, bidder, part="evaluator", by=cast.person("manager", at=OPENED), at=OPENED)
    answers = dict.fromkeys(organisations_of(tender), (False, ""))
    with pytest.raises(WrongPerson, match="named on a proposal"):
        declaration.declare(tender, answers, by=bidder, at=OPENED)


def test_a_person_named_on_a_proposal_later_loses_the_panels_sight_of_rivals():
    tender = name_panel(opened_pile(2))
    declare(tender, "evaluator-1")
    member = proposals_of(tender)[0].consortium.members.get(is_lead=True)
    me = cast.person("evaluator-1", at=OPENED)
    member.named_people.create(person=me, named_by=me, named_at=OPENED)
    assert visible("evaluator-1", tender) == set()


def test_declarations_wait_for_the_opening_and_end_with_the_decision():
    from tests.factories.panel import decided_tender

    tender = decided_tender(opened_pile(1))
    with pytest.raises(MovedOn):
        declare(tender, "evaluator-1", AGENCY)
    check = pytest.raises(MovedOn)
    with check:
        check_eligibility(tender)
