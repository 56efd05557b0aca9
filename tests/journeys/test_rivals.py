"""A rival who guesses every address, and an agency in two rival proposals."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core.models import StoredFile
from tenders.models import Proposal
from tests.factories.proposal import closed_tender, submitted_proposal, written_at
from tests.factories.tender import published_tender
from tests.journeys.browsing import Browser

PAGES = ("proposal", "edit_proposal", "preview_proposal", "costs", "attachments", "check_proposal")


@pytest.fixture
def tender(db):
    """Closed, with two rivals' proposals in the register: `written_at` looks back at it."""
    return closed_tender()


@pytest.fixture
def open_tender(db):
    """Open, with the same two submitted."""
    tender = published_tender()
    submitted_proposal(tender, lead="lead-a", members=("partner-a",))
    submitted_proposal(tender, lead="lead-b", members=("partner-a",), title="Bins on the right day")
    return tender


def paths_of(proposal):
    """Every address of a proposal, as its people know them."""
    found = [reverse(f"tenders:{name}", args=[proposal.pk]) for name in PAGES]
    found += [reverse("tenders:section", args=[proposal.pk, s.pk]) for s in proposal.tender.sections.all()]
    found += [
        reverse("tenders:edit_cost_line", args=[proposal.pk, line.pk]) for line in proposal.cost_lines.all()
    ]
    found += [reverse("tenders:attachment", args=[proposal.pk, a.pk]) for a in proposal.attachments.all()]
    for name in ("receipt", "submitted_version", "written_version"):
        found.append(reverse(f"tenders:{name}", args=[proposal.pk, 1]))
    found += [reverse("tenders:version_file", args=[proposal.pk, 1, f.pk]) for f in StoredFile.objects.all()]
    found.append(reverse("tenders:consortium", args=[proposal.consortium_id]))
    return found


def test_a_rival_who_knows_every_address_finds_nothing(tender):
    ours = Proposal.objects.get(title="Repairs people can see")
    at = written_at(tender)
    rival = Browser("lead-b", at)
    answers = {path: rival.see(path, at).status_code for path in paths_of(ours)}
    assert len(answers) > 12
    assert set(answers.values()) == {404}
    sent = {path: rival.send(path, at).status_code for path in paths_of(ours)}
    assert set(sent.values()) <= {404, 405}


def test_its_own_people_find_all_of_it_while_it_is_open(open_tender):
    ours = Proposal.objects.get(title="Repairs people can see")
    at = written_at(open_tender)
    lead = Browser("lead-a", at)
    answers = {path: lead.see(path, at).status_code for path in paths_of(ours) if "/files/" not in path}
    assert {path for path, status in answers.items() if status == 404} == set()


def test_an_agency_in_two_rival_proposals_reads_each_and_never_both_at_once(tender):
    at = written_at(tender)
    agency = Browser("partner-a", at)
    titles = {"Repairs people can see", "Bins on the right day"}
    for proposal in Proposal.objects.all():
        (other,) = titles - {proposal.title}
        for path in (reverse(f"tenders:{name}", args=[proposal.pk]) for name in PAGES):
            page = agency.see(path, at)
            assert page.status_code in {200, 302, 409}, path
            assert other not in page.words, path


def test_the_agency_may_not_submit_for_either_and_each_lead_may(open_tender):
    at = written_at(open_tender) + timedelta(hours=2)
    agency = Browser("partner-a", at)
    fields = {"key": "7d0c1a52-9d0e-4b7f-8d3a-111111111111", "shown": "{}"}
    for lead, title in (("lead-a", "Repairs people can see"), ("lead-b", "Bins on the right day")):
        proposal = Proposal.objects.get(title=title)
        path = reverse("tenders:submit_proposal", args=[proposal.pk])
        assert agency.send(path, at, **fields).status_code == 403
        assert proposal.versions.count() == 1
        assert Browser(lead, at).send(path, at, **fields).status_code == 302
        assert proposal.versions.count() == 2
