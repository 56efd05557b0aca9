"""Words that were sent and could not be taken come back to be copied, and secrets do not."""

from datetime import timedelta

import pytest
from django.test import Client

from odifund.core import kept
from tenders.actions import cost_line
from tenders.actions import question as questions
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

ORIGIN = "http://testserver"
WORDS = "Tenants ring to ask\nwhere their <b>repair</b> has got to."


@pytest.fixture
def proposal(db):
    return made.complete_proposal(published_tender())


@pytest.fixture
def section(proposal):
    return f"/proposals/{proposal.pk}/sections/{proposal.tender.sections.first().pk}/"


def from_page(page):
    return {"HTTP_ORIGIN": ORIGIN, "HTTP_REFERER": f"{ORIGIN}{page}"}


def test_a_text_sent_after_signing_out_elsewhere_is_shown_to_be_copied(section):
    answer = Client().post(section, {"text": WORDS, "base_revision": 1}, **from_page(section))
    page = text_of(answer)
    assert answer.status_code == 403
    assert "You are signed out" in page
    assert "Tenants ring to ask\nwhere their &lt;b&gt;repair&lt;/b&gt; has got to.</textarea>" in page
    assert f'href="/sign-in/?next={section.replace("/", "%2F")}"' in page
    assert f'href="{section}"' in page
    assert 'name="base_revision"' not in page


def test_autosave_without_a_session_says_so(section):
    answer = Client().post(section, {"text": WORDS, "base_revision": 1}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 403
    assert answer.json() == {"problem": "Not saved. You are signed out. Sign in in another tab, then save."}


def test_autosave_with_an_old_key_says_so(section):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(section, {"text": WORDS}, HTTP_ACCEPT="application/json")
    assert answer.status_code == 403
    assert "You signed in or out in another tab" in answer.json()["problem"]


def test_a_button_pressed_without_a_session_leads_back_to_its_page(db):
    published_tender()
    watch = "/tenders/SF1/watch/start/"
    answer = Client().post(watch, {"csrfmiddlewaretoken": "x"}, **from_page("/tenders/SF1/?a=1"))
    assert answer.url == "/sign-in/?next=%2Ftenders%2FSF1%2F%3Fa%3D1"
    assert Client().post(watch).url == "/sign-in/?next=%2Ftenders%2FSF1%2Fwatch%2F"


def test_a_form_with_an_old_key_keeps_what_was_typed(section):
    answer = Client(enforce_csrf_checks=True).post(section, {"text": WORDS}, **from_page(section))
    assert answer.status_code == 403
    assert "where their &lt;b&gt;repair" in text_of(answer)


def test_what_another_site_sent_is_not_shown(section):
    answer = Client(enforce_csrf_checks=True).post(
        section, {"text": WORDS}, HTTP_ORIGIN="https://evil.example"
    )
    assert answer.status_code == 403
    assert "repair" not in text_of(answer)
    answer = Client(enforce_csrf_checks=True).post(section, {"text": WORDS}, HTTP_ORIGIN="null")
    assert "repair" not in text_of(answer)


def test_a_code_is_never_shown_again(db):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/code/", {"code": "QX7-R2P"})
    assert answer.status_code == 403
    assert "QX7" not in text_of(answer)


def test_a_line_removed_meanwhile_is_said_to_be_and_keeps_the_words(proposal):
    line = proposal.cost_lines.first()
    address = f"/proposals/{proposal.pk}/costs/{line.pk}/"
    at = made.written_at(proposal.tender)
    with visiting("lead-a", at=at) as lead:
        lead.get(address)
        cost_line.remove(line, by=proposal.started_by, at=at)
        gone = lead.post(address, {"what": "User researcher"}, **from_page(address))
    assert gone.status_code == 404
    assert "somebody has removed it since" in text_of(gone)
    assert f'href="/proposals/{proposal.pk}/costs/"' in text_of(gone)
    assert 'value="User researcher"' in text_of(gone)


def test_a_question_answered_meanwhile_keeps_the_second_answer(db):
    of, at = published_tender(), PUBLISHED + timedelta(days=2)
    with visiting("manager", at=at) as manager:
        asked = questions.ask(of, text="May a charity lead?", by=cast.person("lead-a", at=at), at=at)
        address = f"/tenders/SF1/questions/{asked.pk}/answer/"
        words = {"public_text": "May a charity lead?", "answer": "Yes."}
        manager.post(address, words)
        late = manager.post(address, {**words, "answer": "Yes, it may."}, **from_page(address))
    page = text_of(late)
    assert late.status_code == 409
    assert 'value="Yes, it may."' in page
    assert 'href="/tenders/SF1/questions/"' in page


def test_an_address_for_sending_alone_has_a_page_of_ours(db):
    published_tender()
    with visiting("lead-a", at=PUBLISHED + timedelta(days=2)) as lead:
        answer = lead.get("/tenders/SF1/watch/start/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert 'href="/tenders/SF1/watch/"' in text_of(answer)


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/tenders/SF1/watch/start/", "/tenders/SF1/watch/"),
        ("/tenders/SF1/notices/publish/", "/tenders/SF1/notices/"),
        ("/members/4f7c/leave/", "/"),
        ("/nothing/", "/"),
    ],
)
def test_the_page_above_an_address_is_one(path, page):
    assert kept.above(path) == page
