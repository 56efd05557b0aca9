"""Who oversees reads how it was decided: who proposed and approved what, and why. Nobody acts by that."""

import pytest

from odifund.core.wording import pounds
from tests import cast
from tests.factories.panel import DECIDED, decided_tender, moderated_tender
from tests.factories.pile import opened_pile
from tests.factories.visit import text_of, visiting
from tests.tenders.test_decide_without_award import WHY, without_award
from tests.tenders.test_panel_pages import queries_of, url
from tests.tenders.test_propose_awards import approve, by_the_rule, propose

pytestmark = pytest.mark.django_db


def read(player, tender, status=200):
    with visiting(player, at=DECIDED) as client:
        answer = client.get(url("decision", tender.reference))
    assert answer.status_code == status, player
    return " ".join(text_of(answer).split())


def test_everybody_who_oversees_reads_who_decided_and_the_awards():
    tender = decided_tender(opened_pile(3))
    awards = list(tender.decision.awards.select_related("proposal"))
    for player in ("manager", "approver", "observer"):
        page = read(player, tender)
        for key in ("manager", "approver"):
            assert f"{cast.person(key, at=DECIDED)}, at " in page
        assert "This is what the published rule awards." in page
        for award in awards:
            assert award.proposal.title in page
            assert pounds(award.price) in page
        assert f"Together {pounds(sum(award.price for award in awards))}" in page
        assert "Propose these awards" not in page
    for player in ("moderator", "evaluator-1"):
        read(player, tender, 403)


def test_a_departure_is_read_with_its_reason_and_what_it_passed_over():
    tender = moderated_tender(opened_pile(4))
    chosen = by_the_rule(tender)
    approve(propose(tender, chosen[:-1], departure_reason="Two teams are the same people."))
    tender.refresh_from_db()
    page = read("observer", tender)
    assert "Two teams are the same people." in page
    assert page.count("fitted by the rule, and is not awarded") == 1


def test_the_reason_for_no_award_is_read():
    page = read("observer", without_award(moderated_tender(opened_pile(2))))
    assert WHY in page
    assert "What was awarded" not in page


def test_before_the_decision_an_observer_is_told_when_and_afterwards_acts_no_more_than_before():
    tender = moderated_tender(opened_pile(2))
    assert "Once they have, you read here" in read("observer", tender, 403)
    approve(propose(tender, by_the_rule(tender)))
    tender.refresh_from_db()
    with visiting("observer", at=DECIDED) as client:
        for name in ("decision", "approve_decision", "propose_no_award", "take_back_decision"):
            assert client.post(url(name, tender.reference)).status_code == 403, name
        assert url("decision", tender.reference) in text_of(client.get(url("staff_tender", tender.reference)))


def test_it_asks_no_more_with_more_awards():
    asked = []
    for count in (1, 4):
        tender = decided_tender(opened_pile(count, reference=f"SF{count}"))
        with visiting("observer", at=DECIDED) as client:
            asked.append(queries_of(client, url("decision", tender.reference))[0])
    assert asked[0] == asked[1] <= 12
