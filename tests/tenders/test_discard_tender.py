"""A draft that was never published is given up: all of it goes, and the trail keeps that it was there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, TwoPersonMove
from tenders.actions import file_note
from tenders.actions import tender as tenders
from tenders.models import Criterion, Incident, OwedDeliverable, ProblemReport, Section, Tender
from tests import cast
from tests.factories.panel import name_panel
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_tender_page import words

pytestmark = pytest.mark.django_db
AT = PUBLISHED + timedelta(hours=1)
DISCARD, FILE, LOG = (
    reverse(f"tenders:{name}", args=["SF1"]) for name in ("discard_tender", "file_notes", "incidents")
)


def manager():
    return cast.person("manager", at=PUBLISHED)


def test_all_of_it_goes_and_an_event_stays():
    tender = draft_tender()
    key = str(tender.pk)
    tenders.discard(tender, by=manager(), at=AT)
    for model in (Tender, Criterion, Section, OwedDeliverable):
        assert not model.objects.exists()
    event = Event.objects.get(name="tender.discarded", subject_id=key)
    assert event.details.content["subject"].startswith("SF1, ")
    assert draft_tender().reference == "SF1"


def test_what_was_proposed_is_taken_back_and_its_panel_goes():
    tender = proposed_tender()
    name_panel(tender)
    tenders.discard(tender, by=manager(), at=AT)
    assert TwoPersonMove.objects.get().taken_back_at == AT
    assert not Tender.objects.exists()


def test_a_published_tender_and_others_than_managers_are_refused():
    tender = published_tender()
    with pytest.raises(MovedOn):
        tenders.discard(tender, by=manager(), at=AT)
    draft = draft_tender(reference="SF2")
    with pytest.raises(WrongPerson):
        tenders.discard(draft, by=cast.person("approver", at=PUBLISHED), at=AT)
    assert Tender.objects.count() == 2


def test_what_people_reported_about_it_is_kept_without_it():
    tender = draft_tender()
    with visiting("manager", at=AT) as browser:
        browser.post("/report-a-problem/?page=/staff/tenders/SF1/write/", {"words": "The dates jump."})
        assert ProblemReport.objects.get().tender == tender
        assert "What people reported about it stays" in text_of(browser.get(DISCARD))
        assert "was discarded" in text_of(browser.post(DISCARD, follow=True))
        assert "The dates jump." in text_of(browser.get("/staff/problems/"))
    kept = ProblemReport.objects.get()
    assert (kept.tender, kept.page) == (None, "/staff/tenders/SF1/write/")


def test_with_a_note_on_its_file_it_stays_and_the_page_says_why_and_what_to_do():
    tender = draft_tender()
    said = {"kind": "call", "happened_at": PUBLISHED, "with_whom": "A council", "what": "Asked for the date."}
    file_note.record(tender, **said, by=manager(), at=AT)
    with visiting("manager", at=AT) as browser:
        page = browser.get(DISCARD)
        assert "It has 1 note on record, which nobody can take away. Leave it as a draft" in text_of(page)
        assert "Discard the draft" not in text_of(page)
        refused = browser.post(DISCARD)
    assert refused.status_code == 422
    assert "its title can say that it was given up" in text_of(refused)
    assert Tender.objects.get().file_notes.count() == 1


def test_the_file_of_a_draft_is_offered_and_says_that_a_note_keeps_the_draft():
    draft_tender()
    with visiting("manager", at=AT) as browser:
        assert 'href="/staff/tenders/SF1/file/"' in text_of(browser.get("/staff/tenders/SF1/"))
        assert "it cannot be discarded, because notes stay" in text_of(browser.get(FILE))


def test_the_incident_log_of_a_draft_has_not_begun_and_leads_to_its_file():
    tender = draft_tender()
    began = {
        "began_at_day": "17",
        "began_at_month": "8",
        "began_at_year": "2017",
        "began_at_time": "9am",
    }
    with visiting("manager", at=AT) as browser:
        page = text_of(browser.get(LOG))
        assert "SF1 is not published, and its log begins then" in page
        assert f'href="{FILE}"' in page
        assert "Record it" not in page
        refused = browser.post(LOG, {"what": "It did not save.", "noticed_by": "Morgan", **began})
        assert "Put a note on its file instead" in text_of(refused)
        assert not tender.incidents.exists()
        browser.post(DISCARD)
    assert not Tender.objects.exists()


def test_one_that_an_incident_was_recorded_for_before_stays_too():
    tender, began = draft_tender(), AT - timedelta(hours=1)
    words = {"number": 1, "what": "It did not save.", "noticed_by": "Morgan", "began_at": began}
    Incident.objects.create(tender=tender, **words, recorded_by=manager(), recorded_at=AT)
    with pytest.raises(NotReady, match="1 incident on record"):
        tenders.discard(tender, by=manager(), at=AT)


@pytest.mark.parametrize("closes_at", [None, AT - timedelta(days=1)])
def test_no_question_is_asked_of_a_draft_that_staff_practise_with(closes_at):
    tender = draft_tender(is_practice=True)
    Tender.objects.update(questions_close_at=closes_at)
    with visiting("approver", at=AT) as browser:
        answer = browser.post("/tenders/SF1/questions/", {"text": "May we ask?"})
    assert "SF1 is not published" in text_of(answer)
    assert "May we ask?" in text_of(answer)
    tender.refresh_from_db()
    tenders.discard(tender, by=manager(), at=AT)


def test_a_page_asks_first(client):
    draft_tender()
    client.force_login(manager())
    address = reverse("tenders:discard_tender", args=["SF1"])
    with clock.held_at(AT):
        assert address in client.get(reverse("tenders:write_tender", args=["SF1"])).content.decode()
        assert "cannot be brought back" in words(client.get(address))
        assert Tender.objects.exists()
        done = client.post(address, follow=True)
        assert "was discarded" in words(done)
        assert client.get(address).status_code == 404
        assert client.get("/").status_code == client.get("/staff/trail/").status_code == 200
    assert not Tender.objects.exists()
