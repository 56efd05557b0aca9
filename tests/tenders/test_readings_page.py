"""Who read what: the access log, for who oversees a tender and has no interest in what was read."""

import pytest

from tests.factories import panel
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
PAGE = "/staff/tenders/SF1/readings/"


def read(player, page=PAGE):
    with visiting(player, at=panel.SCORED) as client:
        return client.get(page)


def test_a_reading_of_an_opened_proposal_stands_there_with_who_and_when():
    tender = panel.panelled_tender()
    proposal = panel.proposals_of(tender)[0]
    assert "Nobody has read a proposal yet" in text_of(read("observer"))
    assert read("evaluator-1", f"/panel/SF1/{proposal.pk}/").status_code == 200
    page = text_of(read("observer"))
    assert "Tomasz Reid" in page
    assert proposal.title in page


@pytest.mark.parametrize(
    ("player", "status"), [("lead-a", 404), ("evaluator-1", 403), ("administrator", 403), ("approver", 200)]
)
def test_only_who_oversees_the_tender_reads_it(player, status):
    panel.panelled_tender()
    assert read(player).status_code == status
