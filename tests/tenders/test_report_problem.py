"""Reporting a problem: by anybody, from any page, at once on record; and sealed things stay sealed."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from odifund.core import clock
from odifund.core.models import Event, OutboxMessage
from tenders.models import ProblemReport
from tenders.queries.problem import path_of, without_keys
from tests import cast
from tests.factories.proposal import draft_proposal
from tests.factories.tender import PROPOSALS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AT = PROPOSALS_CLOSE - timedelta(minutes=4)
FORM, LIST = reverse("tenders:report_problem"), reverse("tenders:problems")
WORDS = "The upload stopped at ninety per cent."


@pytest.fixture(autouse=True)
def counted_anew():
    cache.clear()


def report(page="/tenders/SF1/", *, player=None, at=AT, **typed):
    client = Client(enforce_csrf_checks=True)
    if player:
        client.force_login(cast.person(player, at=at))
    with clock.held_at(at):
        return client.post(f"{FORM}?page={page}", {"words": WORDS} | typed)


def test_without_account_cookie_or_script_it_is_on_record_with_a_number():
    tender = published_tender()
    answer = report()
    made = ProblemReport.objects.get()
    assert (made.tender, made.page, made.words, made.reported_at) == (tender, "/tenders/SF1/", WORDS, AT)
    assert f"Your number is {made.number}" in text_of(answer)
    assert "4:56:00pm" in text_of(answer)
    event = Event.objects.get(name="problem.reported")
    assert (event.actor, event.facts["number"]) == (None, made.number)


def test_every_page_leads_to_it_and_says_which_page_it_was():
    published_tender()
    with visiting(None, at=AT) as browser:
        for page in ("/", "/tenders/SF1/", "/help/", "/nowhere/"):
            assert f'href="{FORM}?page={page}"' in text_of(browser.get(page))
        form = text_of(browser.get(FORM, headers={"Referer": "https://portal.example.org/tenders/SF1/?a=b"}))
    assert "/tenders/SF1/</span>" in form
    assert "read this before the proposals are opened" in form


def test_a_bidder_on_a_page_of_their_proposal_reports_to_the_tender_and_the_proposal_is_not_named():
    made = draft_proposal()
    report(f"/proposals/{made.pk}/costs/", player="lead-a")
    told = ProblemReport.objects.get()
    assert (told.tender, told.page) == (made.tender, "/proposals/…/costs/")
    assert not Event.objects.filter(name="problem.reported", actor__isnull=False).exists()


def test_for_whom_the_proposal_does_not_exist_the_page_says_nothing_of_a_tender():
    made = draft_proposal()
    report(f"/proposals/{made.pk}/costs/", player="lead-b")
    assert ProblemReport.objects.get().tender is None


def test_managers_and_approvers_read_it_in_the_log_and_the_observer_does_not():
    published_tender()
    report(reach="020 7946 0000")
    log = reverse("tenders:incidents", args=["SF1"])
    for player in ("manager", "approver"):
        with visiting(player, at=AT) as browser:
            for page in (log, LIST):
                assert WORDS in text_of(browser.get(page))
                assert "020 7946 0000" in text_of(browser.get(page))
    with visiting("observer", at=AT) as browser:
        assert WORDS not in text_of(browser.get(log))
        assert browser.get(LIST).status_code == 403
    with visiting("lead-a", at=AT) as browser:
        assert browser.get(LIST).status_code == 404


def test_a_manager_who_bids_in_the_round_does_not_read_its_reports():
    from odifund.core import people

    made = draft_proposal()
    report()
    people.give_role(made.started_by, "manager", by=None, at=AT)
    with visiting("lead-a", at=AT) as browser:
        assert WORDS not in text_of(browser.get(LIST))


def test_who_can_act_is_told_once_in_ten_minutes_without_the_words():
    published_tender()
    cast.whole(at=AT)
    OutboxMessage.objects.all().delete()
    for minutes in (0, 1, 10):
        report(at=AT + timedelta(minutes=minutes))
    mails = OutboxMessage.objects.filter(kind="tenders/problem_reported")
    wanted = [cast.PLAYERS[player].email for player in ("approver", "manager")] * 2
    assert sorted(mail.address for mail in mails) == sorted(wanted)
    assert all(WORDS not in mail.body and "SF1" in mail.subject for mail in mails)
    assert ProblemReport.objects.count() == 3


def test_an_empty_one_and_one_too_many_are_refused_and_the_words_are_kept():
    assert "Enter what went wrong" in text_of(report(words=" "))
    for _ in range(30):
        report()
    answer = text_of(report())
    assert "Please ring us instead" in answer
    assert WORDS in answer
    assert ProblemReport.objects.count() == 30


def test_markup_in_words_is_shown_as_it_was_written():
    report(words="<script>alert(1)</script>")
    with visiting("manager", at=AT) as browser:
        assert "&lt;script&gt;alert(1)" in text_of(browser.get(LIST))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://elsewhere.example.org/a/?key=1", "/a/"),
        ("javascript:alert(1)", ""),
        ("////elsewhere.example.org/", ""),
        ("/\\elsewhere.example.org/", ""),
        ("/" + "a" * 300, ""),
    ],
)
def test_only_a_path_of_ours_is_kept(given, kept):
    assert path_of(given) == kept


def test_a_key_in_a_link_is_not_kept():
    key = "0123456789abcdef0123456789abcdef.aVeryLongSignatureOfThirtyCharacters"
    assert without_keys(f"/tenders/SF1/watch/{key}/leave/") == "/tenders/SF1/watch/…/leave/"
    assert without_keys("/tenders/SF1/feed.atom") == "/tenders/SF1/feed.atom"
    assert re.search("[0-9a-f]{8}-", without_keys("/proposals/0a8cf9d1-31ce-4c0f-9d7b-6f1d1c1d7a52/")) is None


def test_no_link_of_a_page_carries_the_key_of_a_mail_on():
    published_tender()
    with visiting(None, at=AT) as browser:
        page = text_of(browser.get("/tenders/SF1/watch/only-for-its-reader/leave/"))
    assert f'href="{FORM}?page=/tenders/SF1/watch/"' in page
    assert "page=/tenders/SF1/watch/only" not in page
