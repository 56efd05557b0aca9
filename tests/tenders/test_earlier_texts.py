"""Every saved text of a section can be read and put back, by the people named on the proposal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core import clock
from tenders.actions import section_text
from tests import cast
from tests.factories import proposal as made
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return made.draft_proposal()


@pytest.fixture
def at(proposal):
    return made.written_at(proposal.tender)


@pytest.fixture
def section(proposal):
    return proposal.tender.sections.first()


def write(proposal, section, words, number, at, by="lead-a"):
    by = cast.person(by, at=at)
    return section_text.save(proposal, section, text=words, base_revision=number, by=by, at=at)


@pytest.fixture
def written(proposal, section, at):
    """Priya writes and saves twice, then Ines writes over it."""
    write(proposal, section, "We ask", 0, at)
    write(proposal, section, "We ask <b>tenants</b> first.", 1, at + timedelta(minutes=5))
    write(proposal, section, "Something else.", 2, at + timedelta(minutes=6), by="partner-a")
    return section


def address(name, proposal, section, *more):
    return reverse(f"tenders:{name}", args=[proposal.pk, section.pk, *more])


def test_saves_of_one_sitting_are_one_line(proposal, written, at):
    with visiting("lead-a", at=at + timedelta(hours=1)) as priya:
        page = priya.get(address("earlier_texts", proposal, written)).content.decode()
        assert "Read it" in page
        assert address("earlier_text", proposal, written, 2) in page
        assert address("earlier_text", proposal, written, 1) not in page, "she went on at once"
        assert "Earlier texts" in text_of(priya.get(address("section", proposal, written)))


def test_an_earlier_text_is_put_back_and_nothing_is_lost(proposal, written, at):
    with visiting("lead-a", at=at + timedelta(hours=1)) as priya:
        shown = priya.get(address("earlier_text", proposal, written, 2)).content.decode()
        assert "Leave the text as it is" in shown
        assert "We ask &lt;b&gt;tenants&lt;/b&gt; first." in shown
        answer = priya.post(address("earlier_text", proposal, written, 2), {"base_revision": "3"})
        assert answer.url == address("section", proposal, written)
    texts = list(proposal.texts.order_by("revision").values_list("text", flat=True))
    assert texts[2:] == ["Something else.", "We ask <b>tenants</b> first."]
    assert section_text.newest_text(proposal, written).revision == 4


def test_what_a_colleague_saved_meanwhile_is_not_replaced(proposal, written, at):
    with visiting("lead-a", at=at + timedelta(hours=1)) as priya:
        priya.post(address("earlier_text", proposal, written, 1), {"base_revision": "2"})
        page = text_of(priya.get(address("earlier_texts", proposal, written)))
    assert "Nothing was put back." in page
    assert section_text.newest_text(proposal, written).text == "Something else."


@pytest.mark.parametrize("person", ["lead-b", "manager", "observer", "administrator", "newcomer"])
def test_nobody_else_finds_them(proposal, written, at, person):
    with visiting(person, at=at + timedelta(hours=1)) as other:
        assert other.get(address("earlier_texts", proposal, written)).status_code == 404
        assert other.get(address("earlier_text", proposal, written, 2)).status_code == 404
        put = other.post(address("earlier_text", proposal, written, 2), {"base_revision": "3"})
        assert put.status_code == 404


@pytest.mark.parametrize("sent", [{}, {"base_revision": "-3"}, {"base_revision": "1e9"}])
def test_a_forged_post_puts_nothing_back(proposal, written, at, sent):
    with visiting("lead-a", at=at + timedelta(hours=1)) as priya:
        assert priya.post(address("earlier_text", proposal, written, 2), sent).status_code == 302
        assert priya.get(address("earlier_text", proposal, written, 99)).status_code == 404
    assert proposal.texts.count() == 3


def test_after_the_deadline_nothing_is_put_back(proposal, written):
    closes = proposal.tender.proposals_close_at
    with visiting("lead-a", at=closes) as priya, clock.held_at(closes):
        priya.post(address("earlier_text", proposal, written, 2), {"base_revision": "3"})
    assert proposal.texts.count() == 3
