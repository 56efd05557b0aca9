"""With forty proposals to judge, the panel's pages stay as light as with three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenders.actions import moderation
from tenders.models import Tender
from tests import cast
from tests.factories import judged_pile, panel
from tests.factories.visit import visiting
from tests.house.test_queries import BYTES, QUERIES

pytestmark = pytest.mark.django_db
FORTY = 40
ROOM = BYTES - 4_000  # titles and names may be longer than those here
PEOPLE = ("manager", "moderator", "observer")


def cost(tender: Tender, page: str, person: str, *more: object) -> tuple[int, int]:
    """How many queries the page asks of the database, and its bytes."""
    address = reverse(f"tenders:{page}", args=[tender.reference, *more])
    with (
        visiting(person, at=panel.AGREED + timedelta(hours=1)) as client,
        CaptureQueriesContext(connection) as caught,
    ):
        answer = client.get(address)
    assert answer.status_code == 200
    return len([query for query in caught if "SAVEPOINT" not in query["sql"]]), len(answer.content)


def too_much(*costs: tuple[str, tuple[int, int]]) -> list[tuple[str, tuple[int, int]]]:
    """The pages that ask or weigh more than others may."""
    return [(page, cost) for page, cost in costs if cost[0] > QUERIES or cost[1] > ROOM]


def test_the_panel_declares_and_a_manager_checks_forty():
    tender = judged_pile.panelled_pile(FORTY)
    assert not too_much(
        ("declare", cost(tender, "declare", "evaluator-3")),
        ("panel", cost(tender, "panel", "manager")),
        ("pile", cost(tender, "pile", "evaluator-1")),
        *((page, cost(tender, page, "manager")) for page in ("eligibility", "opening", "moderation")),
    )


def test_an_evaluator_scores_forty():
    tender = judged_pile.scored_pile(FORTY, lock=False)
    key = panel.proposals_of(tender)[0].pk
    assert not too_much(
        *((page, cost(tender, page, "evaluator-1")) for page in ("pile", "my_scores")),
        ("score", cost(tender, "score", "evaluator-1", key, "need")),
    )


def test_a_moderator_starts_among_forty():
    tender = judged_pile.scored_pile(FORTY)
    proposal = panel.proposals_of(tender)[0]
    moderation.start(proposal, by=cast.person("moderator", at=panel.SCORED), at=panel.SCORED)
    assert not too_much(
        ("moderation", cost(tender, "moderation", "moderator")),
        *(
            ("moderate", cost(tender, "moderate", person, proposal.pk, "need"))
            for person in (*PEOPLE, "evaluator-1")
        ),
    )


def test_forty_are_agreed_ranked_and_decided_about():
    tender = judged_pile.agreed_pile(FORTY)
    key = panel.proposals_of(tender)[0].pk
    assert not too_much(
        *((page, cost(tender, page, person)) for page in ("moderation", "ranking") for person in PEOPLE),
        *((page, cost(tender, page, "manager")) for page in ("decision", "staff_tender", "eligibility")),
        *(("moderate", cost(tender, "moderate", person, key, "need")) for person in PEOPLE),
    )
