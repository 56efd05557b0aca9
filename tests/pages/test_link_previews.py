"""What other sites show of a link: title, description and address of the page itself, and a real picture."""

import re
from html import unescape

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests import cast
from tests.factories import delivery as stage
from tests.factories.tender import PUBLISHED, draft_tender, published_tender

pytestmark = pytest.mark.django_db
TRICKY = 'Bins & "bells" <script>x</script>'


SAID = r'<meta (?:name|property)="((?:og|twitter):[\w:]+|description)"\s+content="([^"]*)">'


def preview(address, client=None):
    """Everything in the head that is for other sites."""
    page = (client or Client()).get(address).content.decode()
    tags = re.findall(SAID, page)
    assert len(dict(tags)) == len(tags), "something is said twice"
    return {name: unescape(value) for name, value in tags}


@pytest.fixture
def portal(settings):
    settings.PORTAL_URL = "https://fund.example.org"
    return settings.PORTAL_URL


def test_a_tender_s_link_says_its_title_and_summary_with_its_whole_address(portal):
    published_tender(title=TRICKY, summary="For <b>three</b> consortia.")
    told = preview("/tenders/SF1/")
    assert told["og:title"] == TRICKY
    assert told["og:description"] == told["description"] == "For <b>three</b> consortia."
    assert told["og:url"] == f"{portal}/tenders/SF1/"
    assert told["og:type"] == "website"
    assert told["twitter:card"] == "summary"


@pytest.mark.parametrize(("address", "title"), [("/", "Public money"), ("/blog/", "Blog")])
def test_pages_of_the_portal_say_what_they_are(portal, address, title):
    told = preview(address)
    assert told["og:title"].startswith(title)
    assert told["og:url"] == f"{portal}{address}"
    assert len(told["og:description"]) > 50


@pytest.mark.parametrize("kind", ["pattern", "blog"])
def test_a_pattern_and_a_blog_say_their_own(portal, kind):
    signed = stage.contract_of(stage.tender_in_delivery())
    stage.accepted(signed, kind)
    lists = Client().get({"pattern": "/patterns/", "blog": "/blog/"}[kind]).content.decode()
    address = re.search(r'href="(/(?:patterns|blog)/[\w-]+/)"', lists)[1]
    told = preview(address)
    assert told["og:type"] == "article"
    assert told["og:url"] == f"{portal}{address}"
    assert told["og:title"] in unescape(lists)
    assert told["og:description"] in unescape(lists)


def test_the_picture_is_there_and_is_said_in_words(portal):
    told = preview("/")
    name = told["og:image"].removeprefix(f"{portal}/static/")
    assert finders.find(name)
    assert "mark" in told["og:image:alt"]


def test_a_draft_shows_nothing_of_itself_elsewhere():
    draft_tender()
    staff = Client()
    staff.force_login(cast.person("manager", at=PUBLISHED))
    assert preview("/tenders/SF1/", staff) == {}
