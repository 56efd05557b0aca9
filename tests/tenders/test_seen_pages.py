"""Pages that a browser has are not sent again, and never pass for what they are no longer.

A change of anything that a page shows makes another tag; each input has its test here.
"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from deliverables.actions.contract import countersign
from odifund.core import clock, fresh
from tenders.actions import question
from tenders.actions.contract import accept
from tenders.models import Tender
from tests import cast
from tests.factories import delivery
from tests.factories.delivery import finished_tender
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, submitted_proposal
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, programme, published_tender
from tests.tenders.test_feeds import announce, answered
from tests.tenders.test_tender_page import MONDAY

pytestmark = pytest.mark.django_db
TENDER, LIST = "/tenders/SF1/", "/tenders/"
QUESTIONS, REGISTER = f"{TENDER}questions/", f"{TENDER}register/"
PROGRAMME, PDF = "/programmes/data-enabled-public-services/", f"{TENDER}itt.pdf"
PAGES = (TENDER, LIST, QUESTIONS, REGISTER, PROGRAMME, PDF)
OUTCOME = f"{TENDER}outcome/"
DECIDED = (TENDER, OUTCOME, REGISTER, PDF)
NEVER_CHANGES = {"tenders_version", "tenders_opening", "tenders_proposal"}
"""What was submitted and opened stays as it is; a register and an award name it."""
SETTLED_WITH_THE_TENDER = {"tenders_decision"}
"""Lists say whether a decision awards anything, settled when the tender is decided: its row tells."""
SECOND = timedelta(seconds=1)


class Browser:
    """Keeps the pages it was sent, with their tags, and asks whether they are still good."""

    def __init__(self):
        self.client, self.tags = Client(), {}

    def get(self, address, at=MONDAY, **headers):
        if address in self.tags:
            headers = {"if-none-match": self.tags[address]} | headers
        with clock.held_at(at):
            answer = self.client.get(address, headers=headers)
        if "ETag" in answer:
            self.tags[address] = answer["ETag"]
        return answer

    def has(self, address, at=MONDAY):
        return self.get(address, at).status_code == 304


@pytest.fixture
def reader():
    return Browser()


@pytest.fixture
def tender():
    return published_tender()


@pytest.mark.parametrize("address", PAGES)
def test_what_did_not_change_is_not_sent_again(reader, tender, address):
    first = reader.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first["Vary"]
    again = reader.get(address)
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-cache"
    assert "Cookie" in again["Vary"]


@pytest.mark.parametrize("address", PAGES)
def test_telling_so_asks_the_database_two_or_three_times(
    reader, tender, address, django_assert_max_num_queries
):
    """Two, but for a programme's page: itself, its rounds, and which of them close soon."""
    reader.get(address)
    with django_assert_max_num_queries(3 if address == PROGRAMME else 2):
        assert reader.has(address)


def test_packed_or_not_the_tag_is_the_same(reader, tender):
    reader.get(TENDER, **{"accept-encoding": "gzip"})
    assert reader.has(TENDER)


def test_a_new_notice(reader, tender):
    reader.get(TENDER)
    announce(tender, at=MONDAY)
    assert b"Webinar moved" in reader.get(TENDER).content


@pytest.mark.parametrize("address", [TENDER, QUESTIONS])
def test_a_new_answer_but_not_a_question_that_waits(reader, tender, address):
    reader.get(address)
    with clock.held_at(PUBLISHED):
        question.ask(tender, text="Secret?", by=cast.person("lead-b", at=PUBLISHED), at=PUBLISHED)
    assert reader.has(address)
    answered(tender)
    assert b"May a parish?" in reader.get(address).content


def test_a_question_s_answer_that_is_worded_anew(reader, tender):
    asked = answered(tender)
    reader.get(TENDER)
    asked.answer = "Yes, it may."
    asked.save()
    assert b"Yes, it may." in reader.get(TENDER).content


@pytest.mark.parametrize("address", PAGES)
def test_a_date_that_moves(reader, tender, address):
    reader.get(address)
    later = {"proposals_close_at": tender.proposals_close_at + timedelta(days=7)}
    Tender.objects.filter(pk=tender.pk).update(**later)
    assert not reader.has(address)


def test_what_is_owed_is_changed_or_removed(reader, tender):
    rows = tender.owed
    for change in (
        lambda: rows.filter(pk=rows.first().pk).update(tender=tender),
        lambda: rows.last().delete(),
    ):
        reader.get(TENDER)
        change()
        assert not reader.has(TENDER)


@pytest.mark.parametrize("address", [TENDER, LIST, PROGRAMME])
def test_a_programme_that_is_renamed(reader, tender, address):
    reader.get(address)
    found = programme()
    found.title = "Renamed"
    found.save()
    assert not reader.has(address)


@pytest.mark.parametrize("address", [TENDER, LIST, PROGRAMME])
def test_the_deadline_passes_and_nothing_is_written(reader, tender, address):
    """In the very minute, too: a deadline that has seconds passes between two looks."""
    Tender.objects.filter(pk=tender.pk).update(proposals_close_at=PROPOSALS_CLOSE + 30 * SECOND)
    reader.get(address, PROPOSALS_CLOSE + 29 * SECOND)
    assert reader.has(address, PROPOSALS_CLOSE + 29 * SECOND)
    page = reader.get(address, PROPOSALS_CLOSE + 30 * SECOND)
    assert page.status_code == 200
    assert "Closed" in page.content.decode()


def test_questions_close_and_nothing_is_written(reader, tender):
    close_at = tender.questions_close_at
    reader.get(QUESTIONS, close_at - SECOND)
    assert b"Questions closed" in reader.get(QUESTIONS, close_at).content


@pytest.mark.parametrize("address", PAGES)
def test_midnight_in_london(reader, tender, address):
    midnight = MONDAY.replace(hour=23, minute=0)  # summer time
    reader.get(address, midnight - SECOND)
    assert not reader.has(address, midnight)


@pytest.mark.parametrize("address", PAGES)
def test_a_tag_lasts_until_the_hour_ends(reader, tender, address):
    reader.get(address, MONDAY)
    hour = MONDAY.replace(minute=0) + timedelta(hours=1)
    assert reader.has(address, hour - SECOND)
    assert not reader.has(address, hour)


@pytest.mark.parametrize("address", [TENDER, LIST, PROGRAMME])
def test_the_time_left_is_counted_in_another_word(reader, tender, address):
    at = PROPOSALS_CLOSE - timedelta(hours=3, minutes=29, seconds=59)
    reader.get(address, at)
    assert reader.has(address, at + 59 * SECOND)
    page = reader.get(address, at + 60 * SECOND)
    assert b"3 hours 28 minutes" in page.content.replace(b"\xc2\xa0", b" ")


def test_the_hour_that_comes_twice_in_october(reader, tender):
    first = MONDAY.replace(month=10, day=29, hour=0, minute=30)
    reader.get(TENDER, first)
    assert not reader.has(TENDER, first + timedelta(hours=1))


def test_the_close_and_its_register(reader, tender):
    at = PROPOSALS_CLOSE + SECOND
    reader.get(TENDER, at)
    reader.get(REGISTER, at)
    close(tender)
    assert not reader.has(TENDER, at)
    assert not reader.has(REGISTER, at)


def test_a_sealed_proposal_changes_no_tag(reader, tender):
    for address in PAGES:
        reader.get(address)
    submitted_proposal(tender)
    assert all(reader.has(address) for address in PAGES)


def test_who_signs_in_gets_their_own_page_and_keeps_it_to_themselves(reader, tender):
    tag = reader.get(TENDER)["ETag"]
    reader.client.force_login(cast.person("lead-a", at=PUBLISHED))
    page = reader.get(TENDER)
    assert page.status_code == 200
    assert "Priya" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert "ETag" not in page
    reader.client.cookies.pop("signed_in")
    assert reader.get(TENDER, **{"if-none-match": tag}).status_code in (200, 304)
    assert b"Priya" not in reader.get(TENDER, **{"if-none-match": "x"}).content


def test_no_message_is_lost_to_a_page_that_was_seen(reader, tender):
    reader.get(TENDER)
    with clock.held_at(MONDAY):
        reader.client.force_login(cast.person("lead-a", at=PUBLISHED))
        reader.client.post("/tenders/SF1/watch/start/")
    assert b"govuk-notification-banner" in reader.get(TENDER).content


def test_another_key_of_its_forms(reader, tender):
    reader.get(TENDER)
    reader.client.cookies["form_key"] = "k" * 32
    assert not reader.has(TENDER)
    assert reader.has(TENDER)
    del reader.client.cookies["form_key"]
    assert not reader.has(TENDER)


def test_another_release_another_contact_another_query(reader, tender, monkeypatch, settings):
    reader.get(TENDER)
    monkeypatch.setattr(fresh, "release", lambda: "another")
    assert not reader.has(TENDER)
    settings.CONTACT = settings.CONTACT | {"phone": "020 7946 0000"}
    assert not reader.has(TENDER)
    reader.tags[f"{LIST}?page=2"] = reader.get(LIST)["ETag"]
    assert not reader.has(f"{LIST}?page=2")


def test_a_release_is_what_its_files_are(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "requirements.txt").write_text("x")
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "page.html"
    found = set()
    for words in ("one", "two"):
        page.write_text(words)
        found.add(fresh.release.__wrapped__())
    assert len(found) == 2


def test_another_decision_or_delivery_changes_the_list(reader):
    decided_tender()
    reader.get(LIST)
    assert reader.has(LIST)
    Tender.objects.get().owed.update(title="Renamed")
    assert not reader.has(LIST)
    due = Tender.objects.get().owed.order_by("due_at").first().due_at + 30 * SECOND
    Tender.objects.get().owed.filter(kind="workshop").update(due_at=due)
    reader.get(LIST, due - SECOND)
    assert not reader.has(LIST, due)


def test_a_signature_for_the_odi_changes_the_list(reader):
    tender = delivery.offered()
    for each in tender.contracts.all():
        accept(each, by=each.proposal.started_by, at=delivery.SIGNED)
    assert b"In delivery" not in reader.get(LIST).content
    assert reader.has(LIST)
    countersign(each, by=cast.person("approver", at=delivery.SIGNED), at=delivery.SIGNED)
    assert b"In delivery" in reader.get(LIST).content


@pytest.mark.parametrize("make", [decided_tender, finished_tender])
@pytest.mark.parametrize("address", DECIDED)
def test_a_decided_tender_s_pages_have_a_tag_too_and_read_nothing_else(reader, make, address):
    make()
    shown = tables(lambda: reader.get(address))
    assert reader.has(address)
    assert shown - tables(lambda: reader.get(address)) <= NEVER_CHANGES


@pytest.mark.parametrize("address", [TENDER, OUTCOME])
def test_what_came_of_it_is_shown_when_it_comes(reader, address):
    signed = delivery.contract_of(delivery.tender_in_delivery())
    reader.get(address)
    assert reader.has(address)
    delivery.accepted(signed, "pattern")
    assert b"2 patterns to take and use" in reader.get(address).content


def test_the_outcome_before_and_after_the_close(reader, tender):
    reader.get(OUTCOME)
    assert reader.has(OUTCOME)
    submitted_proposal(tender)
    assert reader.has(OUTCOME)
    close(tender)
    assert not reader.has(OUTCOME)


def test_a_refusal_and_a_form_are_never_taken_from_what_was_seen(reader, tender):
    assert "ETag" not in reader.get("/tenders/SF9/")
    with clock.held_at(MONDAY):
        answer = reader.client.post(QUESTIONS, {"text": ""}, headers={"if-none-match": "*"})
    assert answer.status_code == 422


@pytest.mark.parametrize("address", PAGES)
def test_a_page_reads_no_table_that_its_tag_does_not(reader, tender, address):
    """Whoever adds something to one of these pages names it in `queries/seen.py`, or this fails."""
    announce(tender)
    answered(tender)
    reader.get(address)
    shown = tables(lambda: reader.get(address, **{"if-none-match": "x"}))
    settled = SETTLED_WITH_THE_TENDER if address in (LIST, PROGRAMME) else set()
    assert shown - settled == tables(lambda: reader.get(address))


def tables(ask):
    with CaptureQueriesContext(connection) as caught:
        ask()
    return {name for query in caught for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
