"""Whose lines are whose; overhead; days and rates in the table."""

import json
from decimal import Decimal

import pytest

from odifund.core import clock
from odifund.core.errors import WrongPerson
from tenders.actions import cost_line
from tenders.actions.cost_line import Cost
from tenders.models import CostLine
from tenders.queries import contents
from tests import cast
from tests.factories import proposal as made
from tests.journeys.browsing import Browser

pytestmark = pytest.mark.django_db
SECRET = "Architect of data"


@pytest.fixture
def proposal():
    begun = made.draft_proposal(members=("partner-a", "lead-b"))
    with clock.held_at(made.written_at(begun.tender)):
        for member, what in zip(
            begun.consortium.members.order_by("joined_at"), ("Council", SECRET, "Third"), strict=True
        ):
            add(begun, member.organisation, what, days=Decimal(3), day_rate=Decimal("777.77"))
        yield begun


def add(proposal, organisation, what, **more):
    at = made.written_at(proposal.tender)
    return cost_line.add(proposal, Cost(organisation, what, **more), by=proposal.started_by, at=at)


def seen_by(player, proposal, path="costs/"):
    at = made.written_at(proposal.tender)
    return Browser(player, at).see(f"/proposals/{proposal.pk}/{path}", at)


def test_the_lead_and_the_organisation_read_its_lines_and_the_others_its_total(proposal):
    for path in ("costs/", "preview/", "check/"):
        assert SECRET in seen_by("lead-a", proposal, path).words, path
        assert SECRET in seen_by("partner-a", proposal, path).words, path
        page = seen_by("lead-b", proposal, path)
        assert SECRET not in page.words, path
        assert "2,333.31" in page.words, path
    line = proposal.cost_lines.get(what=SECRET)
    assert seen_by("lead-b", proposal, f"costs/{line.pk}/").status_code == 404


def test_the_spreadsheet_and_the_submitted_version_hold_no_day_rate_of_others(proposal):
    whole = made.complete_proposal(proposal.tender, lead="lead-b", members=("partner-a",), title="Bins")
    version = made.submit(whole)
    said = contents.of(version)
    lead = whole.consortium.lead_id
    hidden = contents.for_member(said, lambda organisation: organisation != lead)
    assert sum(line.amount for line in hidden.cost_lines) == said.price
    assert all(line.day_rate is None for line in hidden.cost_lines if line.organisation == lead)
    assert json.loads(version.manifest)["proposal"]["cost_lines"][0]["day_rate"] == "450.00"


def test_who_is_not_the_lead_changes_only_its_own(proposal):
    at, ines = made.written_at(proposal.tender), cast.person("partner-a", at=made.written_at(proposal.tender))
    council = proposal.consortium.lead
    with pytest.raises(WrongPerson):
        cost_line.add(proposal, Cost(council, "More", amount=Decimal(1)), by=ines, at=at)
    with pytest.raises(WrongPerson):
        cost_line.remove(proposal.cost_lines.get(what="Council"), by=ines, at=at)
    line = proposal.cost_lines.get(what=SECRET)
    with pytest.raises(WrongPerson):
        cost_line.edit(line, Cost(council, SECRET, amount=Decimal(1)), by=ines, at=at)


def test_overhead_follows_the_staff_of_its_organisation(proposal):
    council = proposal.consortium.lead
    overhead = add(proposal, council, "Overhead", kind="overhead", percent=Decimal("7.5"))
    overhead.refresh_from_db()
    assert overhead.amount == Decimal("175.00")  # 7.5% of 2,333.31, to the penny
    team = add(proposal, council, "Team", days=Decimal(10), day_rate=Decimal(100))
    overhead.refresh_from_db()
    assert overhead.amount == Decimal("250.00")
    cost_line.remove(team, by=proposal.started_by, at=made.written_at(proposal.tender))
    overhead.refresh_from_db()
    assert overhead.amount == Decimal("175.00")


def test_days_and_rates_are_changed_in_the_table_all_or_none(proposal):
    at = made.written_at(proposal.tender)
    ines, line = Browser("partner-a", at), proposal.cost_lines.get(what=SECRET)
    path, (days, rate) = f"/proposals/{proposal.pk}/costs/", (f"days-{line.pk}", f"rate-{line.pk}")
    page = ines.see(path, at)
    assert page.text.count('name="days-') == 1
    assert ines.send(path, at, **{days: "4", rate: "£500.50"}).status_code == 302
    line.refresh_from_db()
    assert (line.days, line.day_rate, line.amount) == (4, Decimal("500.50"), 2002)
    answer = ines.send(path, at, **{days: "5", rate: "five"})
    assert answer.status_code == 422
    assert 'value="five"' in answer.content.decode()
    line.refresh_from_db()
    assert line.days == 4


BAD = [
    ({"kind": "staff", "percent": "7"}, "Only overhead is a percentage"),
    ({"kind": "overhead", "percent": "101"}, "must be 100 or less"),
    ({"kind": "overhead", "percent": "5", "amount": "3"}, "only one of them"),
]


@pytest.mark.parametrize(("typed", "said"), BAD)
def test_a_percentage_that_cannot_be_is_told(proposal, typed, said):
    at = made.written_at(proposal.tender)
    words = {"organisation": str(proposal.consortium.lead_id), "what": "Overhead", **typed}
    answer = Browser("lead-a", at).send(f"/proposals/{proposal.pk}/costs/add/", at, **words)
    assert said in answer.content.decode()
    assert not CostLine.objects.filter(what="Overhead").exists()
