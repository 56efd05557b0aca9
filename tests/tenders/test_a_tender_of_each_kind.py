"""A fund with a tender at every stage at once: its first pages ask the database no more for that."""

from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import clock
from tenders.actions import question
from tests import cast
from tests.factories.delivery import SIGNED, all_accepted, contract_of, offered, tender_in_delivery
from tests.factories.panel import decided_tender
from tests.factories.pile import opened_pile
from tests.factories.proposal import closed_tender
from tests.factories.tender import draft_tender, proposed_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = SIGNED + timedelta(days=3)
MOST = 12


@pytest.fixture
def fund():
    """Drafts, one proposed; open with a question, closed, opened with one held, decided, in delivery."""
    all_accepted(contract_of(tender_in_delivery()))
    opened_pile(reference="SF2", held=1)
    asked = published_tender(reference="SF3", at=LATER)
    with clock.held_at(LATER):
        question.ask(asked, text="May a parish lead?", by=cast.person("newcomer", at=LATER), at=LATER)
    proposed_tender(reference="SF4", at=LATER)
    draft_tender(reference="SF5", at=LATER)
    closed_tender(published_tender(reference="SF7"))
    decided_tender(opened_pile(1, reference="SF8", awards_least=1))
    offered(decided_tender(opened_pile(1, reference="SF9", awards_least=1)))


def test_it_is_said_in_few_queries(fund):
    for player, address in product(("manager", "approver", "observer"), ("/home/", "/staff/tenders/")):
        with visiting(player, at=LATER) as visitor, CaptureQueriesContext(connection) as asked:
            page = text_of(visitor.get(address))
        assert [one for one in ("SF2", "SF3", "SF4", "SF7", "SF8", "SF9") if one not in page] == []
        assert len(asked) <= MOST, (player, address, [query["sql"][:90] for query in asked])
