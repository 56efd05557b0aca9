"""What a draft says beside its answers and its cost lines."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from odifund.core import clock
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.printing import as_pdf
from tenders.actions import proposal_part as parts
from tenders.models import Tender
from tenders.queries import contents, contract, costs, draft
from tenders.queries.printed_proposal import printed
from tenders.queries.proposal import stops
from tenders.queries.proposal_part import payment_rows
from tests import cast
from tests.factories import proposal as made
from tests.journeys.browsing import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    begun = made.draft_proposal()
    made.add_costs(begun, Decimal("10000.01"))
    with clock.held_at(made.written_at(begun.tender)):
        yield begun


def words(proposal, player="lead-a"):
    at = made.written_at(proposal.tender)
    return {"by": cast.person(player, at=at), "at": at}


def sentences(proposal):
    proposal.refresh_from_db()
    return [finding.sentence for finding in stops(draft.of(proposal))]


def post(proposal, path, player="lead-a", **typed):
    at = made.written_at(proposal.tender)
    return Browser(player, at).send(f"/proposals/{proposal.pk}/{path}/", at, **typed)


def test_nothing_is_submitted_before_the_lead_confirmed_and_declared(proposal):
    asked = {"Confirm that the consortium is eligible.", "Make the declarations."}
    assert asked <= set(sentences(proposal))
    every = dict.fromkeys([f"statement_{number}" for number in range(1, 6)], "on")
    assert post(proposal, "eligibility", statement_1="on").status_code == 422
    assert post(proposal, "eligibility", **every).status_code == 302
    assert post(proposal, "declarations", **every).status_code == 302
    assert not asked & set(sentences(proposal))


def test_what_binds_all_is_said_by_the_lead_alone(proposal):
    for path in ("eligibility", "declarations", "payments", "publication"):
        typed = {f"statement_{number}": "on" for number in range(1, 6)}
        typed |= {"vat": "none", "publishes": "summary", "public_summary": "Ours"}
        assert post(proposal, path, "partner-a", **typed).status_code == 403, path
        assert post(proposal, path, "lead-b", **typed).status_code == 404, path


def test_the_payments_of_the_tender_stand_in_pounds_and_add_up_both_ways(proposal):
    proposal.refresh_from_db()
    sums = costs.of(draft.of(proposal))
    rows = payment_rows(proposal, sums)
    assert [row.percent for row in rows] == [50, 50]
    assert sum(row.amount for row in rows) == sums.price
    for row in rows:
        assert sum(row.parts) == row.amount
    for number, share in enumerate(sums.shares):
        assert sum(row.parts[number] for row in rows) == share.total
    with pytest.raises(NotReady):
        parts.plan_payments(proposal, vat="none", payments={"halfway": 30, "report": 70}, **words(proposal))


def test_where_the_tender_lets_it_a_plan_adds_to_100_and_the_contract_follows_it(proposal):
    Tender.objects.update(bidders_plan_payments=True)
    assert (
        "add up to 90"
        in post(proposal, "payments", vat="none", percent_halfway="30", percent_report="60").content.decode()
    )
    assert (
        post(proposal, "payments", vat="none", percent_halfway="30", percent_report="70").status_code == 302
    )
    proposal.refresh_from_db()
    assert proposal.payments == {"halfway": 30, "report": 70}
    paid = contract.instalments(proposal.tender, Decimal(1000), proposal.payments)
    assert [(each.percent, each.amount, each.is_last) for each in paid] == [(30, 300, False), (70, 700, True)]


def test_the_leads_vat_comes_at_the_end_and_changes_no_price(proposal):
    parts.plan_payments(proposal, vat="standard", payments={}, **words(proposal))
    proposal.refresh_from_db()
    sums = costs.of(draft.of(proposal))
    assert (sums.price, sums.vat, sums.with_vat) == (
        Decimal("10000.01"),
        Decimal("2000.00"),
        Decimal("12000.01"),
    )


def test_confidential_parts_are_named_by_anybody_named_and_written_down(proposal):
    later = made.written_at(proposal.tender) + timedelta(days=400)
    until = {"until_day": later.day, "until_month": later.month, "until_year": later.year}
    typed = {"what": "The day rates", "why": "Rivals would undercut us."}
    assert post(proposal, "confidential", "partner-a", **typed, **until).status_code == 302
    assert (
        post(proposal, "confidential", **typed, until_day="1", until_month="1", until_year="2016").status_code
        == 422
    )
    proposal.refresh_from_db()
    (part,) = proposal.confidential
    assert (part["what"], part["until"]) == ("The day rates", later.date().isoformat())
    key = part["key"]
    assert post(proposal, f"confidential/{key}/remove", "lead-b").status_code == 404
    assert post(proposal, f"confidential/{key}/remove").status_code == 302
    assert post(proposal, f"confidential/{key}/remove").status_code == 409


def test_a_version_holds_what_was_declared_and_what_may_be_published():
    version = made.submit(made.complete_proposal())
    said = json.loads(version.manifest)["proposal"]
    assert len(said["statements"]) == 7
    assert said["publication"] == {"publishes": "summary", "summary": "Repairs, told to all."}
    assert said["vat"] == "standard"


def test_who_may_not_is_refused_by_the_action_too(proposal):
    with pytest.raises(WrongPerson):
        parts.declare(proposal, **words(proposal, "partner-a"))


def test_the_panel_and_print_read_the_plan_and_the_last_day_in_words(proposal):
    Tender.objects.update(bidders_plan_payments=True)
    proposal.refresh_from_db()
    plan = {"halfway": 30, "report": 70}
    parts.plan_payments(proposal, vat="none", payments=plan, **words(proposal))
    day = made.written_at(proposal.tender).date().replace(year=2019, month=1, day=31)
    parts.add_confidential(proposal, what="Rates", why="Rivals.", until=day, **words(proposal))
    page = Browser("lead-a", words(proposal)["at"]).see(
        f"/proposals/{proposal.pk}/preview/", words(proposal)["at"]
    )
    assert "Paid 30% with the halfway review, 70% with the report." in page.words
    assert "Until 31 January 2019" in page.words
    said = contents.preview(draft.of(type(proposal).objects.get(pk=proposal.pk)))
    data = printed(said, proposal.tender, words(proposal)["at"])
    assert data["payments"] == "30% with the halfway review, 70% with the report"
    assert data["confidential"][0]["until_in_words"] == "Until 31 January 2019"
    assert as_pdf("proposal.typ", data, words(proposal)["at"]).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("player", "turn"), [("lead-a", "Eligibility"), ("partner-a", "Title and model of delivery")]
)
def test_what_the_lead_does_is_nobody_elses_turn(proposal, player, turn):
    client, at = Client(), made.written_at(proposal.tender)
    client.force_login(cast.person(player, at=at))
    groups = client.get(f"/proposals/{proposal.pk}/").context["groups"]
    assert [task.title for group in groups for task in group.tasks if task.live] == [turn]
