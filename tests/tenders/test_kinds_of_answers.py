"""A section is answered with a text, a choice, a number or files: written, checked, submitted and opened."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from odifund.core import clock
from tenders.actions import attachment, section_text
from tenders.actions import section as sections
from tenders.queries import contents, draft
from tenders.queries.proposal import stops
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import PUBLISHED, draft_tender, published
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
ASKED = (
    sections.Asked("Stage", "How far are you?", kind="choice", options=["An idea", "A service"]),
    sections.Asked("People", "How many live there?", kind="number", unit="residents"),
    sections.Asked("Drawing", "Draw the service.", kind="files"),
)


def tender_that_asks():
    """Published with a section of each kind after the template's texts."""
    tender = draft_tender()
    for asked in ASKED:
        sections.add(tender, asked, by=cast.person("manager", at=PUBLISHED), at=PUBLISHED)
    return published(tender)


@pytest.fixture
def proposal():
    tender = tender_that_asks()
    begun = made.draft_proposal(tender)
    made.add_costs(begun, made.Decimal(45000))
    for section in tender.sections.filter(kind="text"):
        written = {
            "text": made.TEXT,
            "base_revision": 0,
            "by": begun.started_by,
            "at": made.written_at(tender),
        }
        section_text.save(begun, section, **written)
    return begun


@pytest.fixture
def priya(proposal):
    client = Client()
    client.force_login(proposal.started_by)
    with clock.held_at(made.written_at(proposal.tender)):
        yield client


def address(proposal, title):
    return reverse("tenders:section", args=[proposal.pk, proposal.tender.sections.get(title=title).pk])


def answer(client, proposal, title, text, base=0):
    return client.post(address(proposal, title), {"text": text, "base_revision": base})


def test_everybody_reads_how_each_section_is_answered():
    tender = tender_that_asks()
    with clock.held_at(PUBLISHED):
        page = words(Client().get(tender.get_absolute_url()))
    assert "How far are you? One of these: An idea; A service" in page
    assert "How many live there? A whole number (residents)" in page
    assert "Draw the service. One file or more" in page


def test_what_is_not_answered_is_asked_for_in_words_of_its_kind(proposal, priya):
    said = [finding.sentence for finding in stops(draft.of(proposal))]
    assert said[:3] == ["Choose an answer to “Stage”.", "Enter “People”.", "Add a file to “Drawing”."]
    page = words(priya.get(proposal.get_absolute_url()))
    assert "Stage One of these: An idea; A service" in page
    assert "People A whole number (residents)" in page


def test_a_choice_is_one_of_its_answers_and_no_other(proposal, priya):
    page = priya.get(address(proposal, "Stage")).content.decode()
    assert page.count('type="radio"') == 2
    refused = answer(priya, proposal, "Stage", "A dream")
    assert refused.status_code == 422
    assert answer(priya, proposal, "Stage", "A service").status_code == 302
    assert re.search(r'value="A service"[^>]*checked', priya.get(address(proposal, "Stage")).content.decode())
    assert "Stage A service Completed" in words(priya.get(proposal.get_absolute_url()))


@pytest.mark.parametrize("typed", ["1e9", "-3", "12.5", "many", "1" * 40])
def test_a_number_is_whole_and_what_was_typed_stays(proposal, priya, typed):
    refused = answer(priya, proposal, "People", typed)
    assert refused.status_code == 422
    assert f'value="{typed}"' in refused.content.decode()


def test_a_number_is_kept_and_said_with_what_it_counts(proposal, priya):
    assert answer(priya, proposal, "People", "41,000").status_code == 302
    assert "People 41000 residents Completed" in words(priya.get(proposal.get_absolute_url()))


def test_a_file_answers_its_section_and_stands_there_alone(proposal, priya):
    where = address(proposal, "Drawing")
    upload = SimpleUploadedFile("drawing.pdf", PDF, content_type="application/pdf")
    assert priya.post(where, {"file": upload}).url == where
    assert "drawing.pdf" in words(priya.get(where))
    beside = words(priya.get(reverse("tenders:attachments", args=[proposal.pk])))
    assert "No attachments yet" in beside
    assert not any("Drawing" in finding.sentence for finding in stops(draft.of(reread(proposal))))
    added = proposal.attachments.get()
    gone = priya.post(reverse("tenders:remove_attachment", args=[proposal.pk, added.pk]))
    assert gone.url == where


def test_an_empty_sending_of_files_is_refused(proposal, priya):
    assert priya.post(address(proposal, "Drawing"), {"sent": "nothing"}).status_code == 422


def test_a_rival_reaches_no_section_of_files(proposal, priya):
    rival = Client()
    rival.force_login(cast.person("lead-b", at=PUBLISHED))
    assert rival.get(address(proposal, "Drawing")).status_code == 404
    upload = SimpleUploadedFile("x.pdf", PDF)
    assert rival.post(address(proposal, "Drawing"), {"file": upload}).status_code == 404


def reread(proposal):
    return type(proposal).objects.get(pk=proposal.pk)


def answered(proposal):
    """Every section answered, and a letter beside the answers."""
    at, by = made.written_at(proposal.tender), proposal.started_by
    given = {"Stage": "An idea", "People": "41000"}
    for title, text in given.items():
        section = proposal.tender.sections.get(title=title)
        section_text.save(proposal, section, text=text, base_revision=0, by=by, at=at)
    drawing = proposal.tender.sections.get(title="Drawing")
    for name, section in (("drawing.pdf", drawing), ("letter.pdf", None)):
        upload = SimpleUploadedFile(name, PDF)
        attachment.add(proposal, upload, kind="application/pdf", section=section, by=by, at=at)
    made.say_the_rest(proposal)
    return reread(proposal)


def test_what_was_submitted_says_each_answer_and_whose_file_is_whose(proposal, priya):
    version = made.submit(answered(proposal))
    said = contents.of(version)
    assert [(text.title, text.text, text.kind) for text in said.sections][-3:] == [
        ("Stage", "An idea", "choice"),
        ("People", "41000", "number"),
        ("Drawing", "", "files"),
    ]
    assert [file.name for file in said.sections[-1].files] == ["drawing.pdf"]
    assert [file.name for file in said.beside] == ["letter.pdf"]
    assert contents.is_as_written(version)
    page = words(priya.get(reverse("tenders:submitted_version", args=[proposal.pk, 1])))
    assert "Stage An idea People 41000 Drawing drawing.pdf" in page


def test_a_version_written_down_before_there_were_kinds_is_read_as_texts(proposal):
    version = made.submit(answered(proposal))
    written = json.loads(version.manifest)
    for row in written["proposal"]["sections"]:
        del row["kind"]
    for row in written["proposal"]["files"]:
        del row["section"]
    version.manifest = json.dumps(written)
    said = contents.of(version)
    assert {text.kind for text in said.sections} == {"text"}
    assert len(said.beside) == 2


def test_the_panel_reads_a_file_where_it_answers(proposal):
    made.submit(answered(proposal))
    tender = made.open_proposals(made.close(proposal.tender))
    reader = Client()
    reader.force_login(cast.person("observer", at=PUBLISHED))
    at = reverse("tenders:opened_proposal", args=[tender.reference, proposal.pk])
    with clock.held_at(tender.opened_at):
        page = words(reader.get(at))
    assert "People 41000 Drawing drawing.pdf drawing.pdf" in page
    assert "Attachments letter.pdf" in page


def section_form(**typed):
    blank = {"title": "T", "guidance": "", "kind": "text", "word_limit": "", "options": "", "unit": ""}
    return {**blank, "criterion": "", **typed}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "text"}, "Enter the word limit"),
        ({"kind": "choice", "options": "One\nOne\n\n"}, "Enter at least two answers, one on each line"),
        ({"kind": "choice", "options": f"{'x' * 121}\nTwo"}, "must be 120 characters or fewer"),
        ({"kind": "song"}, "Choose how it is answered from the list"),
    ],
)
def test_a_section_says_what_its_kind_needs(client, typed, said):
    tender = draft_tender()
    client.force_login(cast.person("manager", at=PUBLISHED))
    refused = client.post(reverse("tenders:add_section", args=[tender.reference]), section_form(**typed))
    assert refused.status_code == 422
    assert said in words(refused)


def test_a_manager_writes_a_choice_and_finds_it_again_as_it_was(client):
    tender = draft_tender()
    client.force_login(cast.person("manager", at=PUBLISHED))
    typed = section_form(kind="choice", options="Yes\n No  way \nYes", word_limit="90", unit="apples")
    assert client.post(reverse("tenders:add_section", args=["SF1"]), typed).status_code == 302
    made_of = tender.sections.get(title="T")
    assert (made_of.options, made_of.word_limit, made_of.unit) == (["Yes", "No way"], 0, "")
    page = client.get(reverse("tenders:edit_section", args=["SF1", made_of.pk])).content.decode()
    assert "Yes\nNo way" in page


def test_each_kind_of_answer_asks_beneath_it_for_what_it_needs_and_reads_nothing_else(client):
    tender = draft_tender()
    client.force_login(cast.person("manager", at=PUBLISHED))
    address = reverse("tenders:add_section", args=["SF1"])
    page = client.get(address).content.decode()
    for number, name in enumerate(("word_limit", "options", "unit")):
        beneath = page.partition(f'id="id_kind_{number}"')[2].partition(f'id="id_kind_{number + 1}"')[0]
        assert f'name="{name}"' in beneath.partition("govuk-radios__conditional")[2]
        assert page.count(f'name="{name}"') == 1
    assert page.count('"govuk-radios__conditional"') == 3
    typed = section_form(kind="number", unit="residents", word_limit="ninety", options="x" * 121)
    assert client.post(address, typed).status_code == 302
    assert tender.sections.get(title="T").unit == "residents"
