"""A draft's preview is the public page: the same view and template, and the same words from top to end."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from odifund.core import clock
from tenders.actions import tender as tenders
from tenders.models import Tender
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender
from tests.tenders.test_documents import add

pytestmark = pytest.mark.django_db
HEADINGS = re.compile("h[1-6]")


class Main(HTMLParser):
    """The words of a page's `<main>`, its headings, and what of it can be followed, pressed or sent."""

    def __init__(self, response):
        super().__init__()
        self.words, self.headings, self.links, self.works, self.inside = [], [], [], [], []
        self.feed(response.content.decode().partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if HEADINGS.fullmatch(tag):
            self.headings.append("")
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag in {"button", "input"} and attrs.get("type") != "hidden" and "disabled" not in attrs:
            self.works.append(attrs.get("name") or tag)
        self.inside.append(tag)

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        self.words += data.split()
        if any(HEADINGS.fullmatch(tag) for tag in self.inside):
            self.headings[-1] += data


def page(client, at=PUBLISHED):
    with clock.held_at(at):
        return client.get("/tenders/SF1/")


def publish(tender):
    tenders.publish(tender, by=cast.person("approver", at=PUBLISHED), at=PUBLISHED)


def before_and_after(client, tender, reader=None):
    """The preview as the approver sees it, and the page after publishing as the reader does."""
    client.force_login(cast.person("approver", at=PUBLISHED))
    preview = page(client)
    publish(tender)
    client.logout()
    if reader:
        client.force_login(cast.person(reader, at=PUBLISHED))
    return preview, page(client)


def test_the_preview_says_word_for_word_what_the_page_says_after_publishing(client):
    draft, _ = draft_tender(), cast.person("approver", at=PUBLISHED)
    add(at=PUBLISHED)
    tenders.propose_publishing(draft, by=cast.person("manager", at=PUBLISHED), at=PUBLISHED)
    preview, public = before_and_after(client, draft)
    assert next(each.name for each in preview.templates) == next(each.name for each in public.templates)
    seen, read = Main(preview), Main(public)
    assert seen.headings == read.headings
    assert seen.words == read.words
    for heading in ("Documents", "Questions and answers", "Notices", "Be told by e-mail"):
        assert heading in seen.headings
    assert "Only the fund’s staff see this draft" in preview.content.decode()
    assert "Only the fund’s staff" not in public.content.decode()


def test_a_rehearsal_s_preview_is_what_bidders_read(client):
    rehearsal = proposed_tender(is_practice=True, rehearses=True)
    preview, public = before_and_after(client, rehearsal, reader="newcomer")
    seen, read = Main(preview), Main(public)
    assert seen.headings == read.headings
    assert seen.words == read.words


def test_what_cannot_work_before_publication_is_shown_and_does_nothing(client):
    preview, public = (Main(each) for each in before_and_after(client, proposed_tender()))
    assert preview.works == []
    assert public.works == ["email", "button"]
    gone = set(public.links) - set(preview.links)
    assert gone == {
        "/tenders/SF1/take-part/",
        "/tenders/SF1/questions/",
        "/tenders/SF1/feed.atom",
    }
    assert set(preview.links) <= set(public.links)


def test_looking_at_a_preview_publishes_nothing(client):
    draft = draft_tender()
    client.force_login(cast.person("manager", at=PUBLISHED))
    html = page(client).content.decode()
    assert "Published on 17 August 2017" in html
    assert "og:title" not in html
    assert Tender.objects.get(pk=draft.pk).status == Tender.Status.DRAFT
    client.logout()
    assert page(client).status_code == 404


def test_a_preview_names_the_day_on_which_it_will_be_published(client):
    draft_tender()
    client.force_login(cast.person("manager", at=PUBLISHED))
    early = page(client, PUBLISHED - timedelta(hours=20)).content.decode()
    late = page(client, PUBLISHED + timedelta(days=1)).content.decode()
    assert "Published on 17 August 2017" in early
    assert "Published on 18 August 2017" in late


def test_without_a_date_the_preview_still_shows_what_there_is(client):
    tender = draft_tender()
    manager = cast.person("manager", at=PUBLISHED)
    none = dict.fromkeys(("questions_close_at", "proposals_close_at"))
    tenders.edit(tender, "timetable", none, by=manager, at=PUBLISHED)
    client.force_login(manager)
    response = page(client, PUBLISHED - timedelta(hours=1))
    assert response.status_code == 200
    assert "losed" not in " ".join(Main(response).words)
