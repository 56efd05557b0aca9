"""Moderation: it waits for every lock, one moderator starts it, and agreed scores are settled once."""

import threading

import pytest
from django.db import connection

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tenders.actions import eligibility, moderation, panel
from tenders.models import Eligibility, Moderation
from tests import cast
from tests.factories.panel import (
    AGREED,
    EVALUATORS,
    agree,
    declare,
    panelled_tender,
    proposals_of,
    score_all,
    scored_tender,
)
from tests.factories.pile import OPENED, opened_pile

AGENCY = "Pattern & Post"


def start(proposal, key="moderator"):
    return moderation.start(proposal, by=cast.person(key, at=AGREED), at=AGREED)


@pytest.mark.django_db
def test_it_cannot_start_before_every_evaluator_has_locked():
    proposal = proposals_of(panelled_tender(opened_pile(1)))[0]
    score_all(proposal, "evaluator-1")
    score_all(proposal, "evaluator-2", lock=False)
    with pytest.raises(NotReady) as refused:
        start(proposal)
    assert refused.value.sentences == [
        "Haruto Bell has not locked their scores.",
        "Yewande Clarke has not locked their scores.",
    ]


@pytest.mark.django_db
def test_when_interests_leave_too_few_evaluators_a_deputy_has_to_score():
    tender = panelled_tender(opened_pile(1, evaluators_least=3))
    proposal = proposals_of(tender)[0]
    declare(tender, "evaluator-2", AGENCY)
    score_all(proposal, "evaluator-1")
    score_all(proposal, "evaluator-3")
    with pytest.raises(NotReady, match="A deputy has to score it too"):
        start(proposal)
    from odifund.core.models import Person

    deputy = Person.objects.make("dara.deputy@fund.example.org", "Dara Deputy")
    from odifund.core import people

    people.give_role(deputy, "evaluator", by=None, at=OPENED)
    manager = cast.person("manager", at=OPENED)
    panel.name(tender, deputy, part="evaluator", is_deputy=True, by=manager, at=OPENED)
    from tenders.actions import declaration, score
    from tenders.queries.panel import organisations_of

    declaration.declare(tender, dict.fromkeys(organisations_of(tender), (False, "")), by=deputy, at=OPENED)
    for criterion in tender.criteria.all():
        score.save(proposal, criterion, score=2, reason="Thin.", by=deputy, at=OPENED)
    score.lock(proposal, by=deputy, at=OPENED)
    assert start(proposal).status == Moderation.Status.STARTED


@pytest.mark.django_db
def test_eligibility_comes_first():
    tender = scored_tender(opened_pile(2))
    first, second = proposals_of(tender)
    Eligibility.objects.filter(proposal=first).delete()
    with pytest.raises(NotReady, match="record first whether"):
        start(first)
    manager = cast.person("manager", at=AGREED)
    eligibility.record(second, eligible=False, reason="No public body.", by=manager, at=AGREED)
    with pytest.raises(NotReady, match="not eligible"):
        start(second)


@pytest.mark.django_db
def test_only_the_tenders_moderator_moderates():
    proposal = proposals_of(scored_tender(opened_pile(1)))[0]
    for key in ("manager", "approver", "evaluator-1", "observer", "lead-a"):
        with pytest.raises(WrongPerson):
            start(proposal, key)
    started = start(proposal)
    with pytest.raises(WrongPerson):
        moderation.save(
            started,
            proposal.tender.criteria.first(),
            score=3,
            reason="x",
            by=cast.person("evaluator-1", at=AGREED),
            at=AGREED,
        )


@pytest.mark.django_db
def test_an_agreed_score_has_a_reason_and_belongs_to_the_tender():
    proposal = proposals_of(scored_tender(opened_pile(1)))[0]
    started, person = start(proposal), cast.person("moderator", at=AGREED)
    with pytest.raises(NotReady, match="reason"):
        moderation.save(started, proposal.tender.criteria.first(), score=3, reason=" ", by=person, at=AGREED)
    with pytest.raises(MovedOn):
        moderation.save(
            started,
            opened_pile(1, reference="SF2").criteria.first(),
            score=3,
            reason="x",
            by=person,
            at=AGREED,
        )
    with pytest.raises(NotReady) as refused:
        moderation.agree(started, by=person, at=AGREED)
    assert len(refused.value.sentences) == 5


@pytest.mark.django_db
def test_agreed_scores_are_settled_and_in_the_trail():
    proposal = proposals_of(scored_tender(opened_pile(1)))[0]
    agree(proposal, [5, 4, 3, 2, 1])
    settled, person = proposal.moderation, cast.person("moderator", at=AGREED)
    with pytest.raises(MovedOn, match="agreed"):
        moderation.save(settled, proposal.tender.criteria.first(), score=3, reason="x", by=person, at=AGREED)
    with pytest.raises(MovedOn):
        moderation.agree(settled, by=person, at=AGREED)
    event = Event.objects.get(name="moderation.agreed")
    assert event.facts["scores"] == {"need": 5, "open-data": 4, "approach": 3, "reuse": 2, "value": 1}
    assert len(Event.objects.get(name="moderation.started").facts["scores"]) == 64


@pytest.mark.django_db
def test_what_another_moderator_saved_since_is_not_overwritten():
    proposal = proposals_of(scored_tender(opened_pile(1)))[0]
    started, person = start(proposal), cast.person("moderator", at=AGREED)
    criterion = proposal.tender.criteria.first()
    said = {"by": person, "at": AGREED}
    first = moderation.save(started, criterion, score=3, reason="Theirs.", base="", **said)
    with pytest.raises(NotReady, match="Oskar Lindqvist saved 3 for this since"):
        moderation.save(started, criterion, score=5, reason="Mine.", base="", **said)
    again = moderation.save(started, criterion, score=5, reason="Mine.", base=first.stamp, **said)
    assert (again.score, started.agreed_scores.count()) == (5, 1)


def test_two_moderators_at_once_start_one_moderation(committed_db):
    from odifund.core import people
    from odifund.core.models import Person
    from tenders.actions import declaration
    from tenders.queries.panel import organisations_of

    tender = panelled_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    for key in EVALUATORS:
        score_all(proposal, key)
    second = Person.objects.make("dara.deputy@fund.example.org", "Dara Deputy")
    people.give_role(second, "moderator", by=None, at=OPENED)
    manager = cast.person("manager", at=OPENED)
    panel.name(tender, second, part="moderator", is_deputy=True, by=manager, at=OPENED)
    declaration.declare(tender, dict.fromkeys(organisations_of(tender), (False, "")), by=second, at=OPENED)
    people_at_once = [cast.person("moderator", at=OPENED), second] * 3
    barrier, outcomes = threading.Barrier(len(people_at_once)), []

    def go(person):
        barrier.wait()
        try:
            mine = proposals_of(tender)[0]
            moderation.start(mine, by=person, at=AGREED)
            outcomes.append("started")
        except MovedOn:
            outcomes.append("moved on")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(person,)) for person in people_at_once]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved on"] * 5 + ["started"]
    assert Moderation.objects.count() == 1
