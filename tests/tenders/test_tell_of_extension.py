"""What a later deadline tells: the mail, the notice, the feed and the calendar that show it."""

from datetime import timedelta

import pytest
from django.test import Client

from odifund.core import clock, reminders
from odifund.core.models import OutboxMessage
from tenders.actions import address_watch
from tenders.models import AddressWatch
from tests import cast
from tests.factories import proposal as made
from tests.factories.extension import REASON, THREE_DAYS, extended, proposed_extension
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting
from tests.tenders.test_tender_page import words as words_of

pytestmark = pytest.mark.django_db
BEFORE = PROPOSALS_CLOSE - timedelta(hours=2)
EARLY = PUBLISHED + timedelta(days=1)
TOLD = "tenders/deadline_extended"


def watched_by_address(tender, address):
    with clock.held_at(EARLY):
        address_watch.ask(tender, address=address, at=EARLY)
        address_watch.confirm(AddressWatch.objects.get(address=address), at=EARLY)


def test_the_mail_says_before_now_and_why_and_each_address_how_to_leave():
    tender = published_tender()
    watched_by_address(tender, "reader@lanes.example.org")
    extended(tender, at=BEFORE)
    mail = OutboxMessage.objects.get(kind=TOLD, address="reader@lanes.example.org")
    assert mail.sealed
    assert "Proposals close later: 5pm on Monday 25 September 2017" in mail.subject
    assert "Kick-off workshop\n  before: Tuesday 10 October 2017" in mail.body
    for words in ("before: 5pm on Friday 22 September 2017", "now: 5pm on Monday 25", REASON, "/leave/"):
        assert words in mail.body


def test_who_can_be_the_second_is_asked_and_told_until_when():
    tender = published_tender()
    cast.whole(at=EARLY)
    proposed_extension(tender, at=BEFORE)
    mail = OutboxMessage.objects.get(kind="tenders/extending_proposed")
    assert mail.address == cast.PLAYERS["approver"].email
    assert "before 5pm on Friday 22 September 2017" in mail.body


def test_the_notice_the_feed_and_the_calendar_show_what_changed():
    tender = published_tender()
    before = text_of(Client().get("/tenders/SF1/timetable.ics"))
    extended(tender, at=BEFORE)
    with visiting(None, at=BEFORE) as browser:
        page = text_of(browser.get(tender.get_absolute_url()))
        feed = text_of(browser.get("/tenders/SF1/feed.atom"))
        after = text_of(browser.get("/tenders/SF1/timetable.ics"))
    assert "<del>5pm on Friday 22 September 2017</del>" in page
    assert "<ins>5pm on Monday 25 September 2017</ins>" in page
    assert "Before: 5pm on Friday 22 September 2017. Now: 5pm on Monday 25 September 2017." in feed
    assert "SEQUENCE:0" in before
    assert "SEQUENCE:1" in after
    assert "SEQUENCE:0" not in after
    assert "20170925T160000Z" in after


def test_the_page_says_how_often_it_was_extended_and_every_deadline_that_was():
    tender, said = published_tender(), []
    for minutes in range(3):
        at = BEFORE + timedelta(minutes=minutes)
        extended(tender, at=at, by_=timedelta(days=7))
        tender.refresh_from_db()
        with visiting(None, at=at) as browser:
            tag = browser.get(tender.get_absolute_url()).headers["ETag"]
            page = words_of(browser.get(tender.get_absolute_url()))
        said.append((tag, page))
    (_, once), (_, twice), (_, thrice) = said
    first, second = "5pm on Friday 22 September 2017", "5pm on Friday 29 September 2017"
    assert f"Extended on 22 September 2017. Proposals were to close at {first}. What changed" in once
    assert "Extended twice, last on 22 September 2017." in twice
    assert f"Proposals were first to close at {first}, then at {second}. What changed" in twice
    assert "Extended three times, last on" in thrice
    assert f"first to close at {first}, then at {second}, then at 5pm on Friday 6 October 2017." in thrice
    assert len({tag for tag, _ in said}) == 3


def test_reminders_follow_the_new_deadline():
    tender = published_tender()
    made.draft_proposal(tender)
    kind = "tenders/proposals_close_in_hours"
    extended(tender, at=PROPOSALS_CLOSE - timedelta(hours=4))
    reminders.sweep(PROPOSALS_CLOSE - timedelta(hours=1))
    assert not OutboxMessage.objects.filter(kind=kind).exists()
    reminders.sweep(PROPOSALS_CLOSE + THREE_DAYS - timedelta(hours=1))
    assert OutboxMessage.objects.filter(kind=kind).count() == 2


def test_who_is_in_the_second_register_is_told_of_it_too():
    from tests.factories.extension import recorded_incident

    tender = published_tender()
    made.submitted_proposal(tender)
    made.close(tender)
    at = PROPOSALS_CLOSE + timedelta(hours=1)
    extended(tender, at=at, incident=recorded_incident(tender, at=at))
    made.close(tender)
    mails = OutboxMessage.objects.filter(kind="tenders/proposal_registered").order_by("queued_at")
    assert len(mails) == 4  # two people, two registers
    assert "replaces the one before it" in mails.last().body
    assert "replaces the one before it" not in mails.first().body
