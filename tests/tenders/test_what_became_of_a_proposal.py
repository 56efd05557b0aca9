"""What winners read of their contract is true at that moment, and their pages carry one tag."""

from datetime import timedelta

import pytest

from deliverables.actions import contract as signing
from tenders.actions import contract as offers
from tenders.models import Proposal
from tests import cast
from tests.factories import delivery
from tests.factories.delivery import REVIEWED, SIGNED
from tests.factories.panel import DECIDED
from tests.factories.visit import text_of, visiting
from tests.tenders.test_panel_pages import url

pytestmark = pytest.mark.django_db
DUE = "The fund offers Exampleshire"


def pages(proposal, at=REVIEWED + timedelta(days=40)):
    """Home, the proposal and its outcome, as somebody of the lead reads them."""
    with visiting("lead-a", at=at) as client:
        addresses = ("/home/", url("proposal", proposal.pk), url("proposal_outcome", proposal.pk))
        return [text_of(client.get(address)) for address in addresses]


def follows(contract, tag, words):
    home, *others = pages(contract.proposal)
    assert f">{tag}</strong>" in home
    for page in others:
        assert f">{tag}</strong>" in page
        assert words in page
        assert f'href="{contract.get_absolute_url()}">The contract</a>' in page
        assert DUE not in page


def test_before_the_offer_it_is_said_that_the_fund_offers_one():
    proposal = Proposal.objects.get(tender=delivery.awarded(), title="Repairs people can see")
    home, page, outcome = pages(proposal, DECIDED)
    assert DUE in outcome
    assert "The contract</a>" not in page + outcome
    for each in (home, page, outcome):
        assert ">Awarded</strong>" in each


def test_the_proposal_and_its_outcome_follow_the_contract():
    contract = delivery.contract_of(delivery.offered())
    follows(contract, "Awarded, waiting for the lead", "contract on Monday 2 October 2017. The lead reads")
    offers.accept(contract, by=cast.person("lead-a", at=SIGNED), at=SIGNED)
    follows(contract, "Awarded, waiting for the ODI", "the contract on Monday 2 October 2017. It waits")
    signing.countersign(contract, by=cast.person("approver", at=SIGNED), at=SIGNED)
    follows(contract, "Awarded, in delivery", "was signed on Monday 2 October 2017")


def test_a_complete_contract_is_said_to_be_complete():
    contract = delivery.contract_of(delivery.finished_tender())
    follows(contract, "Awarded, complete", "was completed on Tuesday 20 February 2018")
