"""The outcome: public under random numbers, private with reasons, and the same in every form."""

import csv
import io
import json
from fractions import Fraction

import pytest

from odifund.core.models import OutboxMessage
from tenders.actions import decision, eligibility
from tenders.models import Eligibility, Score
from tenders.queries.ranking import Ranking
from tests import cast
from tests.factories.panel import (
    DECIDED,
    EVALUATORS,
    agree,
    decided_tender,
    moderated_tender,
    panelled_tender,
    proposals_of,
    score_all,
)
from tests.factories.pile import OPENED, opened_pile
from tests.factories.visit import text_of, visiting
from tests.read import as_read
from tests.tenders.test_panel_pages import queries_of, url

pytestmark = pytest.mark.django_db


def fetch(player, address):
    with visiting(player, at=DECIDED) as client:
        return client.get(address)


def table(tender):
    return list(csv.DictReader(io.StringIO(text_of(fetch(None, url("scores_csv", tender.reference))))))


@pytest.fixture
def decided():
    """Four proposals, one of them not eligible."""
    tender = panelled_tender(opened_pile(4))
    *scored, last = proposals_of(tender)
    manager = cast.person("manager", at=OPENED)
    eligibility.record(last, eligible=False, reason="No public body is in it.", by=manager, at=OPENED)
    for place, proposal in enumerate(scored):
        for key in EVALUATORS:
            score_all(proposal, key)
        agree(proposal, [5 - place, 4, 4, 3, 3])
    from tests.tenders.test_propose_awards import approve, by_the_rule, propose

    approve(propose(tender, by_the_rule(tender)))
    tender.refresh_from_db()
    return tender


def test_nothing_is_public_before_the_decision():
    tender = moderated_tender(opened_pile(1))
    proposal = proposals_of(tender)[0]
    for player in (None, "manager", "lead-a"):
        page = fetch(player, url("tender_outcome", tender.reference)).content.decode()
        assert "Not decided yet" in page
        assert proposals_of(tender)[0].title not in page
        for name in ("scores_csv", "scores_json"):
            assert fetch(player, url(name, tender.reference)).status_code == 404
    with visiting(None, at=DECIDED) as client:
        client.force_login(proposal.started_by)
        assert client.get(url("proposal_outcome", proposal.pk)).status_code == 404


def test_the_table_has_exactly_the_published_columns(decided):
    rows = table(decided)
    codes = [criterion.code for criterion in decided.criteria.all()]
    assert list(rows[0]) == ["proposal", "eligible", *codes, "total", "rank", "fitted", "awarded"]
    assert len(rows) == 4


def test_the_tables_say_what_anybody_recomputes_from_them(decided):
    rows = table(decided)
    data = json.loads(text_of(fetch(None, url("scores_json", decided.reference))))
    weights = {criterion["code"]: criterion["weight"] for criterion in data["criteria"]}
    assert sum(weights.values()) == 100
    by_number = {row["proposal"]: row for row in data["proposals"]}
    eligible = [row for row in rows if row["eligible"] == "yes"]
    totals = {}
    for row in eligible:
        totals[row["proposal"]] = sum(Fraction(weights[c] * int(row[c]), 5) for c in weights)
        assert Fraction(row["total"]) == totals[row["proposal"]]
        said = by_number[int(row["proposal"])]
        assert said["scores"] == {code: int(row[code]) for code in weights}
        assert (said["total"], str(said["rank"])) == (row["total"], row["rank"])
        assert (said["fitted"], said["awarded"]) == (row["fitted"] == "yes", row["awarded"] == "yes")
    for row in eligible:
        better = sum(other > totals[row["proposal"]] for other in totals.values())
        assert int(row["rank"]) == 1 + better
    assert len(eligible) == 3
    assert [row["total"] + row["rank"] for row in rows if row["eligible"] == "no"] == [""]


def test_the_numbers_are_random_and_no_name_stands_by_them(decided):
    page = text_of(fetch(None, url("tender_outcome", decided.reference)))
    numbers = set(Eligibility.objects.filter(tender=decided).values_list("public_number", flat=True))
    assert len(numbers) == 4
    assert all(str(number) in page for number in numbers)
    loser = proposals_of(decided)[-1]
    data = text_of(fetch(None, url("scores_json", decided.reference)))
    for proposal in proposals_of(decided):
        assert str(proposal.pk) not in page + data
        assert proposal.title not in data
    assert loser.title not in page
    assert loser.consortium.lead.name not in page


def test_the_public_page_names_the_awarded_with_members_and_price(decided):
    page = text_of(fetch(None, url("tender_outcome", decided.reference)))
    for award in decided.decision.awards.all():
        assert award.proposal.title in page
        for member in award.proposal.consortium.members.all():
            assert member.organisation.name.replace("&", "&amp;") in page
    assert "3 of 4 proposals are awarded" in page
    assert "1 proposal was not eligible" in page
    assert "The decision follows this rule." in page


def test_a_reason_for_departing_from_the_rule_is_published_and_escaped():
    tender = moderated_tender(opened_pile(4))
    chosen = [p.pk for p in proposals_of(tender)][:3]
    why = "<script>alert(1)</script> Same team twice."
    manager, approver = cast.person("manager", at=DECIDED), cast.person("approver", at=DECIDED)
    proposed = decision.propose(tender, chosen, departure_reason=why, by=manager, at=DECIDED)
    decision.approve(proposed, by=approver, at=DECIDED)
    page = text_of(fetch(None, url("tender_outcome", tender.reference)))
    assert "Same team twice." in page
    assert "<script>alert" not in page
    assert "Not awarded, though it fits" in page
    letter = own_page(proposals_of(tender)[3])
    assert "the decision departed from the rule" in letter
    assert "Same team twice." in letter
    assert "<script>alert" not in letter


def own_page(proposal):
    with visiting(None, at=DECIDED) as client:
        client.force_login(proposal.started_by)
        return text_of(client.get(url("proposal_outcome", proposal.pk)))


def test_whom_the_awards_did_not_reach_is_told_so_and_who_won_is_not():
    tender = moderated_tender(opened_pile(6))
    chosen = Ranking(tender).fitting
    manager, approver = cast.person("manager", at=DECIDED), cast.person("approver", at=DECIDED)
    decision.approve(decision.propose(tender, chosen, by=manager, at=DECIDED), by=approver, at=DECIDED)
    reached = {str(p.pk): "It did not reach yours" in own_page(p) for p in proposals_of(tender)}
    assert {key for key, told in reached.items() if not told} == {str(key) for key in chosen}
    assert any(reached.values())


def test_a_code_that_a_spreadsheet_would_run_is_made_text():
    tender = opened_pile(1, criteria=[("-need", "Need and users", 100, "Who needs it.")])
    decided_tender(tender)
    assert "'-need" in text_of(fetch(None, url("scores_csv", tender.reference))).splitlines()[0]


def test_bidders_read_their_own_scores_and_reasons_and_never_a_note_or_a_name(decided):
    proposal = proposals_of(decided)[0]
    with visiting(None, at=DECIDED) as client:
        client.force_login(proposal.started_by)
        page = text_of(client.get(url("proposal_outcome", proposal.pk)))
    for row in proposal.moderation.agreed_scores.all():
        assert row.reason in page
    for hidden in ("Ask at moderation.", "the text shows it in part", "Tomasz", "Oskar"):
        assert hidden not in page
    assert Score.objects.filter(proposal=proposal, note="Ask at moderation.").exists()
    assert "Awarded" in page


def test_who_was_not_eligible_reads_why(decided):
    proposal = proposals_of(decided)[-1]
    with visiting(None, at=DECIDED) as client:
        client.force_login(proposal.started_by)
        page = text_of(client.get(url("proposal_outcome", proposal.pk)))
    assert "No public body is in it." in page
    assert "Total, of 100" not in page


def test_a_rival_and_staff_do_not_find_a_bidders_own_page(decided):
    first, second = proposals_of(decided)[:2]
    with visiting(None, at=DECIDED) as client:
        client.force_login(second.started_by)
        assert client.get(url("proposal_outcome", first.pk)).status_code == 404
    for player in ("manager", "moderator", "evaluator-1", "observer", "administrator", "newcomer"):
        assert fetch(player, url("proposal_outcome", first.pk)).status_code == 404
    assert fetch(None, url("proposal_outcome", first.pk)).status_code == 302


def test_the_decision_is_made_on_pages_by_two_people():
    tender = moderated_tender(opened_pile(4))
    everything = [str(p.pk) for p in proposals_of(tender)]
    ref = tender.reference
    with visiting("manager", at=DECIDED) as client:
        choice = {"chosen": everything[:2], "do": "add up", "departure_reason": "x" * 3900}
        added = text_of(client.post(url("decision", ref), choice))
        assert "Chosen: 2 proposals, £" in added
        assert "This departs from the rule, so say why." in added
        assert "x" * 3900 in added
        refused = text_of(client.post(url("decision", ref), {"chosen": everything[:3]}))
        assert "Say why: the reason is published." in refused
        proposed = client.post(url("decision", ref), {"chosen": everything})
        assert proposed.url == url("approve_decision", ref)
        assert client.post(proposed.url).status_code == 403
        assert client.post(url("take_back_decision", ref)).status_code == 302
        client.post(url("decision", ref), {"chosen": everything})
    with visiting("approver", at=DECIDED) as client:
        page = client.get(url("approve_decision", ref))
        assert "Approve these awards" in text_of(page)
        assert client.post(url("approve_decision", ref), as_read(page)).url == url("tender_outcome", ref)
        assert client.post(url("approve_decision", ref)).status_code == 409
    assert OutboxMessage.objects.filter(kind="tenders/tender_decided").count() == 4


def test_the_outcome_asks_no_more_of_the_database_with_more_proposals():
    few, many = decided_tender(opened_pile(1)), decided_tender(opened_pile(4, reference="SF4"))
    with visiting(None, at=DECIDED) as client:
        for name in ("tender_outcome", "scores_csv", "scores_json"):
            small, _ = queries_of(client, url(name, few.reference))
            large, size = queries_of(client, url(name, many.reference))
            print(f"{name}: {large} queries, {size} bytes")
            assert large <= small
            assert large <= 12
            assert size <= 40_000
