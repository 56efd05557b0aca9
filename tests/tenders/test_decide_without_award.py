"""A tender that ends without an award: by two people, with a reason, and said truthfully everywhere."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from odifund.core import audit, clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import decision, declaration, eligibility
from tenders.models import Award, Tender
from tests import cast
from tests.factories import proposal as made
from tests.factories.panel import (
    DECIDED,
    EVALUATORS,
    agree,
    decided_tender,
    declare,
    moderated_tender,
    name_panel,
    panelled_tender,
    proposals_of,
    score_all,
    scored_tender,
)
from tests.factories.pile import OPENED, opened_pile
from tests.factories.tender import published_tender
from tests.factories.visit import text_of, visiting
from tests.read import as_read
from tests.tenders.test_panel_pages import url

pytestmark = pytest.mark.django_db
WHY = "No proposal would have released data that others could use."


def propose(tender, key="manager", reason=WHY):
    return decision.propose_no_award(tender, reason=reason, by=cast.person(key, at=DECIDED), at=DECIDED)


def approve(proposed, key="approver"):
    decision.approve(proposed, by=cast.person(key, at=DECIDED), at=DECIDED)


def without_award(tender):
    approve(propose(tender))
    tender.refresh_from_db()
    return tender


def empty_tender():
    """Opened by two people, with nothing in it."""
    return made.open_proposals(made.close(published_tender()))


def none_eligible(tender):
    name_panel(tender)
    manager = cast.person("manager", at=OPENED)
    for proposal in proposals_of(tender):
        eligibility.record(proposal, eligible=False, reason="No public body is in it.", by=manager, at=OPENED)
    return tender


def page(player, name, *parts):
    with visiting(player, at=DECIDED) as client:
        return " ".join(text_of(client.get(url(name, *parts))).split())


@pytest.mark.parametrize(
    "tender",
    [lambda: moderated_tender(opened_pile(3)), lambda: none_eligible(opened_pile(2)), empty_tender],
    ids=["none good enough", "none eligible", "none came"],
)
def test_two_people_decide_that_nothing_is_awarded(tender):
    tender = tender()
    proposed = propose(tender)
    with pytest.raises(WrongPerson, match="another person"):
        approve(proposed, "manager")
    approve(proposed)
    tender.refresh_from_db()
    assert tender.status == Tender.Status.DECIDED
    assert tender.is_without_award
    assert not Award.objects.exists()
    said = [audit.sentence(event, event.details.content) for event in Event.objects.order_by("id")]
    assert f"Morgan Ellery proposed that nothing is awarded in {tender}." in said
    assert f"Beatrix Holm approved the decision on {tender}." in said
    assert list(audit.verify()) == []


def test_it_takes_a_reason_and_somebody_who_decides():
    tender = moderated_tender(opened_pile(1))
    with pytest.raises(NotReady, match="Say why nothing is awarded"):
        propose(tender, reason=" ")
    for key in ("moderator", "observer", "administrator", "lead-a"):
        with pytest.raises(WrongPerson):
            propose(tender, key)


def test_it_waits_for_every_proposal_like_awards():
    with pytest.raises(NotReady, match="are not agreed yet"):
        propose(scored_tender(opened_pile(1)))
    with pytest.raises(NotReady, match="is eligible"):
        propose(opened_pile(1, reference="SF2"))


def test_proposing_awards_instead_replaces_it_and_the_other_way_round():
    tender = moderated_tender(opened_pile(1))
    (proposal,) = proposals_of(tender)
    manager = cast.person("manager", at=DECIDED)
    propose(tender)
    awards = decision.propose(tender, [proposal.pk], by=manager, at=DECIDED)
    assert (awards.no_award_reason, len(awards.chosen)) == ("", 1)
    proposed = propose(tender)
    assert (proposed.chosen, proposed.no_award_reason) == ([], WHY)
    approve(proposed)
    assert not Award.objects.exists()


def test_the_feeds_say_so_and_speak_of_no_winner():
    tender = without_award(none_eligible(opened_pile(2)))
    for path in ("/tenders.atom", f"/tenders/{tender.reference}/feed.atom"):
        with visiting(None, at=DECIDED) as client:
            told = text_of(client.get(path))
        assert f"{tender.reference}: nothing is awarded" in told
        assert "The outcome says why." in told
        assert "who won" not in told
        assert "the awards are decided" not in told


def test_the_public_outcome_and_its_data_say_so():
    tender = without_award(none_eligible(opened_pile(2)))
    said = page(None, "tender_outcome", tender.reference)
    assert "Nothing is awarded, as decided on" in said
    assert "2 proposals were opened." in said
    assert WHY in said
    assert "proposals are awarded" not in said
    with visiting(None, at=DECIDED) as client:
        rows = list(csv.DictReader(io.StringIO(text_of(client.get(url("scores_csv", tender.reference))))))
        data = json.loads(text_of(client.get(url("scores_json", tender.reference))))
    assert [row["awarded"] for row in rows] == ["no", "no"]
    assert data["no_award_reason"] == WHY
    assert [row["awarded"] for row in data["proposals"]] == [False, False]


def test_with_no_proposal_the_outcome_is_whole_and_empty():
    tender = without_award(empty_tender())
    said = page(None, "tender_outcome", tender.reference)
    assert "No proposal was opened." in said
    assert "so there are no scores" in said
    with visiting(None, at=DECIDED) as client:
        assert len(text_of(client.get(url("scores_csv", tender.reference))).splitlines()) == 1
        assert json.loads(text_of(client.get(url("scores_json", tender.reference))))["proposals"] == []


def test_every_bidder_reads_the_reason_in_the_letter_and_on_their_page():
    tender = without_award(moderated_tender(opened_pile(2)))
    letters = OutboxMessage.objects.filter(kind="tenders/tender_decided")
    assert letters.count() == 2
    for proposal in proposals_of(tender):
        letter = letters.get(person=proposal.started_by)
        assert f"Nothing is awarded in this tender, for this reason:\n\n{WHY}" in letter.body
        assert "Your proposal is not awarded." in letter.body
        with visiting(None, at=DECIDED) as client:
            client.force_login(proposal.started_by)
            assert WHY in text_of(client.get(url("proposal_outcome", proposal.pk)))


def test_the_tender_stands_everywhere_as_nothing_awarded():
    tender = without_award(moderated_tender(opened_pile(2)))
    for player, name, parts in (
        (None, "tender", [tender.reference]),
        (None, "list", []),
        ("manager", "staff_tenders", []),
        ("manager", "staff_tender", [tender.reference]),
    ):
        said = page(player, name, *parts)
        assert "Nothing awarded" in said, name
        assert "In delivery" not in said.replace(">In delivery</option>", ""), name
    assert WHY in page(None, "tender", tender.reference)


def test_a_manager_finishes_it_and_nobody_else_and_once():
    tender = without_award(empty_tender())
    finish = url("finish_without_award", tender.reference)
    with visiting("approver", at=DECIDED) as client:
        assert client.post(finish).status_code == 403
    with visiting("manager", at=DECIDED) as client:
        assert f"Finish {tender.reference}" in text_of(client.get("/home/"))
        assert "Finish the tender" in text_of(client.get(url("staff_tender", tender.reference)))
        assert client.post(finish).status_code == 302
        assert client.post(finish).status_code == 409
    tender.refresh_from_db()
    assert (tender.status, tender.finished_at) == (Tender.Status.FINISHED, DECIDED)


def test_a_tender_with_awards_is_not_finished_by_hand():
    tender = decided_tender(opened_pile(1))
    manager = cast.person("manager", at=DECIDED)
    with pytest.raises(NotReady, match="last of its contracts"):
        decision.finish_without_award(tender, by=manager, at=DECIDED)


def test_the_pages_lead_from_an_empty_register_to_the_end():
    tender = made.close(published_tender())
    ref, at = tender.reference, tender.closed_at
    with visiting("manager", at=at) as client:
        assert "No proposal came in time." in text_of(client.get(url("opening", ref)))
        client.post(url("propose_opening", ref))
    with visiting("approver", at=at) as client:
        client.post(url("confirm_opening", ref))
        opened = text_of(client.get(url("opening", ref)))
        assert "there was nothing to open" in opened
        assert url("decision", ref) in opened
        assert "Decide, with nothing to award" in text_of(client.get(url("staff_tender", ref)))
        assert f"Decide {ref}, with nothing to award" in text_of(client.get("/home/"))
        assert "Name the panel" not in text_of(client.get(url("staff_tender", ref)))
        assert url("propose_no_award", ref) in text_of(client.get(url("decision", ref)))
        refused = client.post(url("propose_no_award", ref), {"reason": ""})
        assert "Enter why nothing is awarded" in text_of(refused)
        proposed = client.post(url("propose_no_award", ref), {"reason": WHY})
        assert proposed.url == url("approve_decision", ref)
    with visiting("manager", at=at) as client:
        assert f"Approve that nothing is awarded in {ref}" in text_of(client.get("/home/"))
        page = client.get(url("approve_decision", ref))
        assert WHY in text_of(page)
        assert client.post(url("approve_decision", ref), as_read(page)).url == url("tender_outcome", ref)


def test_a_reason_that_was_replaced_after_it_was_read_is_not_approved():
    tender = made.open_proposals(made.close(published_tender()))
    ref, at = tender.reference, tender.opened_at + timedelta(hours=1)
    with visiting("approver", at=at) as client:
        client.post(url("propose_no_award", ref), {"reason": "Reason one."})
    with visiting("manager", at=at) as reader:
        read = as_read(reader.get(url("approve_decision", ref)))
        with visiting("approver", at=at) as client:
            client.post(url("propose_no_award", ref), {"reason": "Reason two."})
        with clock.held_at(at):
            refused = reader.post(url("approve_decision", ref), read)
            assert refused.status_code == 409
            assert "taken back or replaced meanwhile" in text_of(refused)
            again = as_read(reader.get(url("approve_decision", ref)))
            assert reader.post(url("approve_decision", ref), again).status_code == 302


def test_the_decision_page_says_what_can_be_done_where_fewer_fit_than_foreseen():
    few = page("manager", "decision", moderated_tender(opened_pile(2)).reference)
    assert "By the rule 2 proposals fit the pot, fewer than the 3 this tender foresees." in few
    assert "Award as many as fit, or propose that nothing is awarded." in few
    enough = page("manager", "decision", moderated_tender(opened_pile(4, reference="SF2")).reference)
    assert "fewer than" not in enough
    assert "None good enough?" in enough


def test_where_nothing_came_nobody_is_asked_to_declare():
    tender = empty_tender()
    name_panel(tender, at=OPENED)
    with visiting("evaluator-1", at=OPENED) as client:
        assert "Declare your interests" not in text_of(client.get("/home/"))
    with pytest.raises(MovedOn, match="nothing to declare"):
        declaration.declare(tender, {}, by=cast.person("evaluator-1", at=OPENED), at=OPENED)


@pytest.mark.parametrize(("of", "queries"), [("list", 2), ("programme", 3)])
def test_a_list_that_was_seen_is_sent_again_when_nothing_is_awarded_and_not_before(of, queries):
    """The tender's row tells, in one query and the near deadlines, however many decisions there are."""
    tender = moderated_tender(opened_pile(2))
    address = "/tenders/" if of == "list" else tender.programme.get_absolute_url()
    with visiting(None, at=DECIDED) as client:
        tag = {"If-None-Match": client.get(address)["ETag"]}
        prepared = propose(tender)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address, headers=tag).status_code == 304
        assert len(caught) == queries
        assert not [query for query in caught if "tenders_decision" in query["sql"]]
        approve(prepared)
        assert "Nothing awarded" in text_of(client.get(address, headers=tag))


def test_a_decision_without_award_is_settled_like_any():
    tender = panelled_tender(opened_pile(1))
    (proposal,) = proposals_of(tender)
    for key in EVALUATORS:
        score_all(proposal, key)
    declare(tender, "moderator")
    agree(proposal, [1, 1, 1, 1, 1])
    tender = without_award(tender)
    with pytest.raises(InternalError), transaction.atomic():
        type(tender.decision).objects.update(no_award_reason="Another.")
