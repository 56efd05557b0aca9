"""Feeds and calendars: what is public, as Atom and iCalendar, with names that stay."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from odifund.core import clock
from tenders.actions import answer as answers
from tenders.actions import notice, question
from tenders.models import Tender
from tests import cast
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, submitted_proposal
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LATER = PUBLISHED + timedelta(days=3)
ALL, ONE, DATES = "/tenders.atom", "/tenders/SF1/feed.atom", "/tenders/SF1/timetable.ics"


def read(path, at=LATER, **headers):
    with clock.held_at(at):
        return Client().get(path, headers=headers)


def feed(path, at=LATER):
    answer = read(path, at)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(path, at=LATER):
    return [entry.findtext(f"{ATOM}title") for entry in feed(path, at).iter(f"{ATOM}entry")]


def announce(tender, title="Webinar moved", text="Now on <b>Monday</b> & at 2pm.", at=LATER):
    manager = cast.person("manager", at=at)
    return notice.publish(tender, title=title, text=text, by=manager, at=at)


def answered(tender):
    with clock.held_at(LATER):
        asked = question.ask(
            tender, text="Zanzibarnacle Parish?", by=cast.person("lead-a", at=LATER), at=LATER
        )
    manager = cast.person("manager", at=LATER)
    answers.answer(asked, public_text="May a parish?", answer="Yes.", by=manager, at=LATER)
    return asked


def dates(path=DATES, at=LATER):
    text = read(path, at).content.decode()
    assert text.count("\r\n") == text.count("\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "")


def test_a_feed_is_valid_atom_with_absolute_links_and_names_that_stay(settings):
    announce(published_tender())
    for path in (ALL, ONE):
        root = feed(path)
        for thing in (root, *root.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert thing.findtext(f"{ATOM}{name}"), (path, name)
        assert root.find(f"{ATOM}author/{ATOM}name") is not None
        assert all(link.get("href").startswith(settings.PORTAL_URL) for link in root.iter(f"{ATOM}link"))
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["self"] == f"{settings.PORTAL_URL}{path}"
        newest = max(each.text for each in root.iter(f"{ATOM}updated"))
        assert root.findtext(f"{ATOM}updated") == newest
    ids = [entry.findtext(f"{ATOM}id") for entry in feed(ONE).iter(f"{ATOM}entry")]
    settings.PORTAL_URL = "https://moved.example.org"
    assert [entry.findtext(f"{ATOM}id") for entry in feed(ONE).iter(f"{ATOM}entry")] == ids
    assert len(set(ids)) == len(ids) == 2
    assert all(each.startswith("urn:uuid:") for each in ids)


def test_words_with_markup_are_shown_as_they_are():
    announce(published_tender())
    content = next(feed(ONE).iter(f"{ATOM}entry")).find(f"{ATOM}summary")
    assert content.get("type") == "html"
    assert content.text == "<p>Now on &lt;b&gt;Monday&lt;/b&gt; &amp; at 2pm.</p>"


def test_one_tenders_feed_tells_its_life_and_nothing_sealed():
    tender = decided_tender()
    found = titles(ONE)
    assert found[0] == "SF1: the awards are decided"
    assert found[-2:] == ["SF1: proposals closed", f"SF1: published: {tender.title}"]


def test_nothing_tells_who_asked_or_what_was_asked_in_private():
    tender = published_tender()
    answered(tender)
    with clock.held_at(LATER):
        question.ask(tender, text="Quokkas?", by=cast.person("lead-b", at=LATER), at=LATER)
    for path in (ALL, ONE, DATES):
        words = read(path).content.decode()
        for secret in ("Zanzibarnacle", "Quokkas", "Priya", "Exampleshire", "priya.nair"):
            assert secret not in words, (path, secret)
    assert "SF1: question 1 is answered" in titles(ONE)


def test_nothing_of_a_sealed_proposal_is_told():
    tender = published_tender()
    proposal = submitted_proposal(tender)
    close(tender)
    for path in (ALL, ONE, DATES):
        words = read(path, PROPOSALS_CLOSE + timedelta(hours=1)).content.decode()
        assert proposal.title not in words
        assert str(proposal.pk) not in words
    assert titles(ONE)[0] == "SF1: proposals closed"


def test_a_draft_has_neither_feed_nor_calendar_and_is_in_no_feed():
    draft_tender()
    assert read(ONE).status_code == read(DATES).status_code == 404
    assert titles(ALL) == []
    assert feed(ALL).findtext(f"{ATOM}updated")


def test_the_feed_of_all_holds_every_public_tender_and_no_more_than_fifty():
    first, second = published_tender(), published_tender(reference="SF2")
    assert {title[:3] for title in titles(ALL)} == {"SF1", "SF2"}
    for number in range(30):
        announce(first, f"First {number}", at=LATER + timedelta(minutes=number))
        announce(second, f"Second {number}", at=LATER + timedelta(minutes=number))
    assert len(titles(ALL)) == 50
    assert titles(ALL)[:2] != titles(ALL)[2:4]


@pytest.mark.parametrize("path", [ALL, ONE, DATES])
def test_what_has_not_changed_is_not_sent_again(path):
    tender = published_tender()
    tag = read(path)["ETag"]
    assert read(path, **{"If-None-Match": tag}).status_code == 304
    announce(tender)
    assert read(path, **{"If-None-Match": tag}).status_code == 200


def test_the_calendar_has_every_date_of_the_timetable():
    tender = published_tender()
    text = dates()
    assert "DTSTART:20170922T160000Z\r\nSUMMARY:SF1: Proposals close\r\n" in text
    assert "DTSTART;VALUE=DATE:20170928\r\nSUMMARY:SF1: Decision expected\\; letters to everyone" in text
    assert text.count("BEGIN:VEVENT") == 7 + tender.owed.count()
    assert "portal’s assumption" in text
    uids = re.findall(r"UID:(\S+)", text)
    assert len(set(uids)) == len(uids)


def test_a_date_that_moves_keeps_its_name_and_counts_as_a_change():
    tender = published_tender()
    before = dates()
    Tender.objects.update(proposals_close_at=PROPOSALS_CLOSE + timedelta(days=7))
    announce(tender, "Proposals close a week later")
    after = dates(at=LATER + timedelta(hours=1))
    assert re.findall(r"UID:(\S+)", before) == re.findall(r"UID:(\S+)", after)
    assert "DTSTART:20170929T160000Z" in after
    assert (before.count("SEQUENCE:0"), after.count("SEQUENCE:0")) == (before.count("SEQUENCE:"), 0)
    assert "LAST-MODIFIED:20170820T090000Z" in after


def test_the_pages_lead_to_feed_and_calendar():
    published_tender()
    page = read("/tenders/SF1/").content.decode()
    assert page.count('type="application/atom+xml"') == 2
    assert page.count(f'"{ONE}"') == page.count(f'"{ALL}"') == 2
    assert DATES in page
    assert read("/tenders/").content.decode().count(ALL) == 2
