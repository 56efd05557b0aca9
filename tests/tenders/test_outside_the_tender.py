"""Whoever bids in a tender, or has an interest in it, stands outside its running, whatever their role."""

import pytest
from django.urls import reverse

from odifund.core import people
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Event
from tenders import access
from tenders.actions import consortium as taking_part
from tenders.actions import decision, declaration, eligibility, panel
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import colleague
from tests.factories.panel import DECIDED, declare, moderated_tender, proposals_of
from tests.factories.pile import OPENED, opened_pile
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"tenders:{name}", args=args)


@pytest.mark.parametrize("role", ["observer", "approver", "manager"])
def test_a_bidder_who_is_given_a_role_reads_no_rival(role):
    tender = made.opened_tender()
    rival = cast.person("lead-b", at=OPENED)
    people.give_role(rival, role, by=cast.person("administrator", at=OPENED), at=OPENED)
    assert not access.opened_proposals_for(rival).exists()
    assert tender.pk not in access.open_scopes_for(rival)
    assert not access.oversees(rival, tender)
    with visiting("lead-b", at=OPENED) as client:
        assert "Repairs people can see" not in text_of(client.get("/staff/trail/"))
        for name in ("panel", "eligibility", "ranking", "decision"):
            page = client.get(url(name, tender.reference))
            assert "Repairs people can see" not in text_of(page)


@pytest.mark.parametrize("role", ["observer", "approver", "manager", "evaluator", "moderator"])
def test_who_was_taken_off_a_proposal_stays_outside(role):
    tender = made.opened_tender()
    ours = tender.proposals.get(title="Repairs people can see").consortium
    ada, priya = colleague("lead-a", "ada@exampleshire.example.org"), cast.person("lead-a", at=OPENED)
    lead = ours.members.get(is_lead=True)
    taking_part.name_person(lead, ada, by=priya, at=OPENED)
    taking_part.unname_person(lead, ada, by=priya, at=OPENED)
    people.give_role(ada, role, by=cast.person("administrator", at=OPENED), at=OPENED)
    ada = type(ada).objects.get(pk=ada.pk)
    assert not access.opened_proposals_for(ada).exists()
    assert tender.pk not in access.open_scopes_for(ada)
    assert not access.oversees(ada, tender)
    assert ada not in access.who_decides(tender)
    if role in ("evaluator", "moderator"):
        panel.name(tender, ada, part=role, by=cast.person("manager", at=OPENED), at=OPENED)
        assert not access.declared_panels(ada).exists()
        with pytest.raises(WrongPerson, match="are or were named on a proposal"):
            declaration.declare(tender, {}, by=ada, at=OPENED)


def a_manager_with_an_interest(tender):
    """The manager sits on the panel too, and declares."""
    manager = cast.person("manager", at=OPENED)
    people.give_role(manager, "evaluator", by=cast.person("administrator", at=OPENED), at=OPENED)
    panel.name(tender, manager, part="evaluator", by=cast.person("manager", at=OPENED), at=OPENED)
    declare(tender, "manager", "Exampleshire Council")
    return cast.person("manager", at=OPENED)


def test_the_ranking_shows_nothing_of_what_one_has_an_interest_in():
    tender = moderated_tender(opened_pile(3))
    blocked = next(row for row in Ranking(tender).rows if row.lead == "Exampleshire Council").version
    a_manager_with_an_interest(tender)
    with visiting("manager", at=DECIDED) as client:
        page = text_of(client.get(url("ranking", tender.reference)))
        assert "not shown to you" in page
        assert blocked.title not in page
        for name in ("decision", "approve_decision"):
            assert client.get(url(name, tender.reference)).status_code == 403


def test_who_has_an_interest_or_has_not_said_proposes_and_approves_no_award():
    tender = moderated_tender(opened_pile(3))
    chosen = [row.version.proposal_id for row in Ranking(tender).rows]
    approver = cast.person("approver", at=DECIDED)
    proposed = decision.propose(tender, chosen, by=approver, at=DECIDED)
    manager = a_manager_with_an_interest(tender)
    with pytest.raises(WrongPerson):
        decision.approve(proposed, by=manager, at=DECIDED)
    with pytest.raises(WrongPerson):
        decision.propose(tender, chosen, by=manager, at=DECIDED)


def test_eligibility_stays_once_the_panel_agrees():
    tender = moderated_tender(opened_pile(1))
    manager = cast.person("manager", at=DECIDED)
    with pytest.raises(MovedOn, match="eligibility does not change"):
        eligibility.record(proposals_of(tender)[0], eligible=False, reason="Late.", by=manager, at=DECIDED)


def test_the_administrator_reads_no_proposal_or_interest_in_the_trail():
    tender = moderated_tender(opened_pile(2))
    titles = [proposal.title for proposal in proposals_of(tender)]
    assert Event.objects.filter(name="score.locked", sealed=True).exists()
    with visiting("administrator", at=DECIDED) as client:
        page = text_of(client.get("/staff/trail/"))
    assert "An evaluator locked a score." in page
    assert not [title for title in titles if title in page]


def test_private_pages_are_kept_by_no_cache():
    moderated_tender(opened_pile(1))
    with visiting("manager", at=DECIDED) as client:
        for address in ("/home/", "/staff/trail/", url("ranking", "SF1")):
            assert client.get(address)["Cache-Control"] == "private, no-store", address
    with visiting(None, at=DECIDED) as client:
        assert client.get("/tenders/")["Cache-Control"] == "private, no-cache"
