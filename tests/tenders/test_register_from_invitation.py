"""A newcomer with the mailed link: registers or signs in with a code, and comes back to answer."""

import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import mail

from consortia import access
from odifund.core import clock
from odifund.core.models import OutboxMessage, Person
from tenders.actions import consortium as taking_part
from tests.factories.consortium import consortium_of
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=5)
CODE = re.compile(r"^\s*([A-Z0-9-]{6,9})\s*$", re.MULTILINE)


@pytest.fixture
def formed():
    return consortium_of("lead-a", tender=published_tender(), name="Kerbside")


@pytest.fixture
def link(formed):
    with clock.held_at(LATER):
        taking_part.invite(
            formed, organisation_name="Cogwheel", email="hello@cogwheel.example.org", by=formed.formed_by
        )
    body = OutboxMessage.objects.get(kind="tenders/invitation_sent").body
    return re.search(r"/invitations/\S+", body)[0]


def way_back(page, door):
    """The address that the page's link to a door brings along."""
    return unquote(re.search(rf'href="{door}\?next=([^"]+)"', page)[1])


def hidden_next(page):
    return re.search(r'name="next"[^>]*value="([^"]+)"', page)[1].replace("&amp;", "&")


def test_a_newcomer_registers_adds_an_organisation_and_accepts(client, link, formed):
    with clock.held_at(LATER):
        back = way_back(text_of(client.get(link)), "/register/")
        assert back == link
        form = text_of(client.get("/register/", {"next": back}))
        words = {"name": "Wren Abara", "email": "wren@cogwheel.example.org", "next": hidden_next(form)}
        client.post("/register/", words)
        code = CODE.search(mail.outbox[-1].body)[1]
        assert client.post("/register/code/", {"code": code}).headers["Location"] == link
        back = way_back(text_of(client.get(link)), "/organisations/add/")
        details = {
            "name": "Cogwheel Digital Co-operative",
            "kind": "digital",
            "region": "london",
            "size": "public",
            "next": back,
        }
        assert client.post("/organisations/add/", details).headers["Location"] == link
        page = client.get(link)
        joins = page.context["organisations"][0]
        action = re.search(r'action="(/invitations/[^"]+/accept/)"', text_of(page))[1]
        words = {"organisation": joins.pk, "key": page.context["key"]}
        assert client.post(action, words).headers["Location"] == formed.get_absolute_url()
    assert access.works_in(Person.objects.get(email="wren@cogwheel.example.org"), formed)


def test_somebody_registered_signs_in_and_comes_back(client, link):
    Person.objects.make("wren@cogwheel.example.org", "Wren Abara")
    with clock.held_at(LATER):
        back = way_back(text_of(client.get(link)), "/sign-in/")
        form = text_of(client.get("/sign-in/", {"next": back}))
        words = {"email": "wren@cogwheel.example.org", "next": hidden_next(form)}
        enter = client.post("/sign-in/", words).headers["Location"]
        words = {
            "code": CODE.search(mail.outbox[-1].body)[1],
            "next": hidden_next(text_of(client.get(enter))),
        }
        assert client.post(enter, words).headers["Location"] == link


def test_nobody_learns_from_the_page_whether_an_address_is_registered(client, link):
    with clock.held_at(LATER):
        before = text_of(client.get(link))
        Person.objects.make("hello@cogwheel.example.org", "Somebody")
        after = text_of(client.get(link))
    assert before == after
