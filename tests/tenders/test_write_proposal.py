"""Writing a draft: texts and their revisions, costs to the penny, attachments, and who may."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from tenders.actions import attachment, cost_line, section_text
from tenders.actions import proposal as proposals
from tenders.actions.cost_line import Cost
from tenders.models import CostLine, Proposal
from tenders.queries import draft
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import published_tender

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return made.draft_proposal()


@pytest.fixture
def at(proposal):
    return made.written_at(proposal.tender)


def test_starting_twice_gives_the_one_proposal(proposal, at):
    again = proposals.start(
        proposal.tender, proposal.consortium, title="Second", by=proposal.started_by, at=at
    )
    assert again == proposal
    assert Proposal.objects.count() == 1


def test_only_the_lead_starts_and_only_for_the_consortiums_own_tender(at):
    other = published_tender(reference="SF8")
    formed = consortium_of("lead-b", tender=other, at=at)
    with pytest.raises(WrongPerson):
        proposals.start(other, formed, title="Ours", by=cast.person("lead-a", at=at), at=at)
    with pytest.raises(NotReady):
        proposals.start(
            published_tender(reference="SF7"), formed, title="Ours", by=cast.person("lead-b", at=at), at=at
        )


def test_nothing_is_started_or_changed_on_the_deadline(proposal):
    late = proposal.tender.proposals_close_at
    with pytest.raises(MovedOn):
        proposals.rename(proposal, title="Late", by=proposal.started_by, at=late)
    proposal.refresh_from_db()
    assert proposal.title == "Repairs people can see"


def test_each_save_is_a_revision_and_none_is_lost(proposal, at):
    section, by = proposal.tender.sections.first(), proposal.started_by
    for number, words in enumerate(("First", "First and second")):
        section_text.save(proposal, section, text=words, base_revision=number, by=by, at=at)
    assert list(proposal.texts.values_list("revision", "text")) == [(1, "First"), (2, "First and second")]
    assert draft.of(proposal).answers[0].text == "First and second"


def test_two_people_writing_see_both_texts(proposal, at):
    section, partner = proposal.tender.sections.first(), cast.person("partner-a", at=at)
    section_text.save(proposal, section, text="Ines writes", base_revision=0, by=partner, at=at)
    with pytest.raises(section_text.EditedMeanwhile) as both:
        section_text.save(
            proposal, section, text="Priya writes", base_revision=0, by=proposal.started_by, at=at
        )
    assert (both.value.newest.text, both.value.yours) == ("Ines writes", "Priya writes")
    assert both.value.newest.saved_by == partner
    assert proposal.texts.count() == 1


def test_the_same_words_twice_are_saved_once(proposal, at):
    section, by = proposal.tender.sections.first(), proposal.started_by
    first = section_text.save(proposal, section, text="Once\r\nmore", base_revision=0, by=by, at=at)
    again = section_text.save(proposal, section, text="Once\nmore", base_revision=0, by=by, at=at)
    assert first == again


def test_days_times_rate_to_the_penny(proposal, at):
    cost = Cost(proposal.consortium.lead, "Research", days=Decimal("2.25"), day_rate=Decimal("333.33"))
    line = cost_line.add(proposal, cost, by=proposal.started_by, at=at)
    assert line.amount == Decimal("749.99")
    assert draft.of(proposal).price == Decimal("749.99")


@pytest.mark.parametrize(
    "numbers",
    [
        {"amount": Decimal(-3)},
        {"days": Decimal(-1), "day_rate": Decimal(450)},
        {"days": Decimal(-1), "day_rate": Decimal(-450)},
        {"days": Decimal(5)},
        {"days": Decimal(5), "day_rate": Decimal(450), "amount": None} | {"day_rate": None},
        {},
        {"days": Decimal(99999), "day_rate": Decimal("1e8")},
    ],
)
def test_costs_that_make_no_sense_are_refused(proposal, at, numbers):
    with pytest.raises(NotReady):
        cost_line.add(
            proposal, Cost(proposal.consortium.lead, "What", **numbers), by=proposal.started_by, at=at
        )
    assert not CostLine.objects.exists()


def test_costs_are_of_the_consortiums_organisations_only(proposal, at):
    rival = organisation("lead-b")
    with pytest.raises(NotReady):
        cost_line.add(proposal, Cost(rival, "What", amount=Decimal(1)), by=proposal.started_by, at=at)


def test_a_line_that_was_removed_cannot_be_edited(proposal, at):
    by, lead = proposal.started_by, proposal.consortium.lead
    line = cost_line.add(proposal, Cost(lead, "What", amount=Decimal(1)), by=by, at=at)
    stale = CostLine.objects.get(pk=line.pk)
    cost_line.remove(line, by=by, at=at)
    with pytest.raises(MovedOn):
        cost_line.edit(stale, Cost(lead, "What", amount=Decimal(2)), by=by, at=at)


def test_a_file_name_keeps_no_path(proposal, at):
    upload = SimpleUploadedFile("x", b"%PDF-1.4")
    upload._name = "../../etc/..\\pass wd.pdf"
    added = attachment.add(proposal, upload, kind="application/pdf", by=proposal.started_by, at=at)
    assert added.file.name == "pass wd.pdf"


def test_strangers_store_no_file(proposal, at):
    rival = cast.person("lead-b", at=at)
    with pytest.raises(WrongPerson):
        attachment.add(
            proposal, SimpleUploadedFile("x.pdf", b"%PDF"), kind="application/pdf", by=rival, at=at
        )
    from odifund.core.models import StoredFile

    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("player", ["lead-b", "manager", "administrator", "observer", "newcomer"])
def test_only_named_people_write(proposal, at, player):
    stranger, section = cast.person(player, at=at), proposal.tender.sections.first()
    with pytest.raises(WrongPerson):
        section_text.save(proposal, section, text="Mine", base_revision=0, by=stranger, at=at)
    with pytest.raises(WrongPerson):
        proposals.rename(proposal, title="Mine", by=stranger, at=at + timedelta(hours=1))


def test_a_members_people_write_too(proposal, at):
    section, partner = proposal.tender.sections.first(), cast.person("partner-a", at=at)
    assert section_text.save(proposal, section, text="Ours", base_revision=0, by=partner, at=at).revision == 1
