"""Who is asked by mail: the second of two, the panel at the opening, and who moderates when all is scored."""

import pytest

from odifund.core import people
from odifund.core.models import OutboxMessage, Person
from tenders.actions import decision, declaration, eligibility, panel
from tenders.queries.panel import organisations_of
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories import proposal as made
from tests.factories.panel import (
    DECIDED,
    EVALUATORS,
    SCORED,
    agree,
    declare,
    moderated_tender,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
)
from tests.factories.pile import OPENED, opened_pile
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db
AGENCY = "Pattern & Post"


def told(kind):
    return sorted(OutboxMessage.objects.filter(kind=f"tenders/{kind}").values_list("person__name", flat=True))


def mails(kind):
    return list(OutboxMessage.objects.filter(kind=f"tenders/{kind}"))


def another(role, name):
    person = Person.objects.make(f"{name.split()[0].lower()}@fund.example.org", name)
    people.give_role(person, role, by=None, at=OPENED)
    return person


def test_everybody_who_can_confirm_an_opening_is_asked_and_the_proposer_is_not():
    tender = made.closed_tender()
    another("manager", "Nadia Second")
    cast.whole(at=tender.closed_at)
    made.propose_opening(tender)
    assert told("opening_proposed") == ["Beatrix Holm", "Nadia Second"]
    mail = mails("opening_proposed")[0]
    assert "Morgan Ellery proposed at" in mail.body
    assert f"/staff/tenders/{tender.reference}/opening/" in mail.body
    for proposal in proposals_of(tender):
        assert proposal.title not in mail.subject + mail.body


def propose(tender):
    chosen = [row.version.proposal_id for row in Ranking(tender).rows if row.placed.fits]
    decision.propose(tender, chosen, by=cast.person("manager", at=DECIDED), at=DECIDED)


def test_everybody_who_can_approve_awards_is_asked_and_who_has_an_interest_is_not():
    tender = panelled_tender(opened_pile(2))
    another("approver", "Nadia Second")
    sits = another("approver", "Sefu Sits")
    people.give_role(sits, "evaluator", by=None, at=OPENED)
    manager = cast.person("manager", at=OPENED)
    panel.name(tender, sits, part="evaluator", is_deputy=True, by=manager, at=OPENED)
    answers = {key: (name == AGENCY, "I worked there.") for key, name in organisations_of(tender).items()}
    declaration.declare(tender, answers, by=Person.objects.get(pk=sits.pk), at=OPENED)
    cast.whole(at=OPENED)
    for proposal in proposals_of(tender):
        for key in EVALUATORS:
            score_all(proposal, key)
    for proposal in proposals_of(tender):
        agree(proposal, [4, 4, 4, 3, 3])
    propose(tender)
    assert told("decision_proposed") == ["Beatrix Holm", "Nadia Second"]


def test_the_mail_about_awards_names_no_proposal_and_no_score():
    tender = moderated_tender(opened_pile(3))
    cast.person("approver", at=DECIDED)
    propose(tender)
    (mail,) = mails("decision_proposed")
    assert f"/staff/tenders/{tender.reference}/decision/approve/" in mail.body
    for row in Ranking(tender).rows:
        assert row.version.title not in mail.subject + mail.body
        assert str(row.placed.total) not in mail.body


def test_the_panel_is_asked_to_declare_when_the_proposals_are_opened():
    tender = made.closed_tender()
    name_panel(tender, at=tender.closed_at)
    made.open_proposals(tender)
    assert (
        told("proposals_opened") == ["Haruto Bell", "Ines Moreau", "Tomasz Lis", "Yewande Clarke"]
        or len(told("proposals_opened")) == 4
    )
    for mail in mails("proposals_opened"):
        assert f"/panel/{tender.reference}/interests/" in mail.body
        assert "The decision is expected on" in mail.body
        for word in ("Exampleshire", "Repairs people", "Bins on"):
            assert word not in mail.subject + mail.body


def test_who_left_the_panel_or_lost_the_role_is_not_asked_to_declare():
    tender = made.closed_tender()
    at = tender.closed_at
    name_panel(tender, at=at)
    manager = cast.person("manager", at=at)
    panel.end(tender.panel.get(person__name="Haruto Bell"), by=manager, at=at)
    lost = cast.person("evaluator-1", at=at)
    people.end_role(lost, "evaluator", by=cast.person("administrator", at=at), at=at)
    made.open_proposals(tender)
    assert not {"Haruto Bell", lost.name} & set(told("proposals_opened"))


def test_an_empty_opening_asks_nobody_to_declare():
    tender = made.close(published_tender())
    name_panel(tender, at=tender.closed_at)
    made.open_proposals(tender)
    assert told("proposals_opened") == []


def test_who_is_named_after_the_opening_is_asked_to_declare_at_once():
    tender = opened_pile(1)
    name_panel(tender, "evaluator-1")
    body = OutboxMessage.objects.get(
        kind="tenders/panellist_named", person=cast.person("evaluator-1", at=OPENED)
    ).body
    assert "The proposals are opened." in body
    assert f"/panel/{tender.reference}/interests/" in body


def test_who_moderates_is_told_once_when_the_last_score_of_all_is_locked():
    tender = panelled_tender(opened_pile(2))
    first, last = proposals_of(tender)
    for key in EVALUATORS:
        score_all(first, key)
    assert told("scores_complete") == []
    for key in EVALUATORS:
        score_all(last, key)
    (mail,) = mails("scores_complete")
    assert mail.person == cast.person("moderator", at=SCORED)
    assert first.title not in mail.subject + mail.body


def test_scores_are_complete_too_when_who_was_awaited_leaves_or_a_proposal_is_not_eligible():
    tender = panelled_tender(opened_pile(2, evaluators_least=2))
    first, last = proposals_of(tender)
    for key in EVALUATORS[:2]:
        score_all(first, key)
    manager = cast.person("manager", at=SCORED)
    third = cast.person("evaluator-3", at=SCORED)
    panel.end(tender.panel.get(person=third), by=manager, at=SCORED)
    assert told("scores_complete") == []
    eligibility.record(last, eligible=False, reason="No public body is in it.", by=manager, at=SCORED)
    assert len(told("scores_complete")) == 1


def test_a_moderator_with_an_interest_in_everything_is_not_told():
    tender = panelled_tender(opened_pile(1))
    declare(tender, "moderator", AGENCY)
    for key in EVALUATORS:
        score_all(proposals_of(tender)[0], key)
    assert told("scores_complete") == []
