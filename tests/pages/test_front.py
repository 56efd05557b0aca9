"""The front page in each state of the portal, and the pages at its foot."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core import clock
from tests import cast
from tests.core.ground import AT
from tests.factories.delivery import finished_tender
from tests.factories.panel import decided_tender
from tests.factories.proposal import closed_tender, opened_tender
from tests.factories.tender import draft_tender, published_tender

FOOT = ["help", "accessibility", "privacy", "cookies", "terms"]


def front(client, at):
    with clock.held_at(at):
        answer = client.get(reverse("pages:front"))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_there_is_any_tender_the_page_says_so(client, db):
    page = front(client, AT)
    assert "No tender has been published yet" in page
    assert "Other rounds" not in page
    assert "What came of it" not in page
    assert "write a tender" not in page


def test_staff_are_told_what_to_do_first(client, db):
    client.force_login(cast.person("manager", at=AT))
    assert f'<a class="govuk-link" href="{reverse("tenders:staff_tenders")}">write a tender</a>' in front(
        client, AT
    )


def test_a_draft_is_not_on_it(client, db):
    tender = draft_tender()
    assert tender.title not in front(client, AT)


def test_an_open_tender_stands_first_with_its_time_left(client, db):
    tender = published_tender()
    page = front(client, tender.proposals_close_at - timedelta(days=4))
    assert tender.title in page
    assert "4 days" in page
    assert "£160,000" in page
    assert "Open" in page
    assert reverse("tenders:take_part", args=[tender.reference]) in page


def test_on_the_deadline_it_is_no_longer_shown_as_open_though_nothing_closed_it(client, db):
    tender = published_tender()
    page = front(client, tender.proposals_close_at)
    assert "No tender is open now" in page
    assert "Closed" in page
    assert reverse("tenders:take_part", args=[tender.reference]) not in page


@pytest.mark.parametrize(("reach", "words"), [(closed_tender, "Closed"), (opened_tender, "Being scored")])
def test_a_round_stands_where_it_is(client, db, reach, words):
    tender = reach()
    page = front(client, tender.proposals_close_at + timedelta(days=2))
    assert words in page
    assert "Decision on 28 September 2017" in page


def test_the_front_page_and_the_list_say_the_same_of_what_comes_next(client, db):
    tender = decided_tender(opened_tender())
    at = tender.decided_at + timedelta(days=2)
    with clock.held_at(at):
        listed = client.get(reverse("tenders:list")).content.decode()
    for page in (front(client, at), listed):
        assert "Decided" in page
        assert "In delivery" not in page
        assert "Contracts; work starts on 2 October 2017" in page


def test_what_came_of_it_shows_the_newest_patterns(client, db):
    tender = finished_tender()
    page = front(client, tender.finished_at + timedelta(days=2))
    assert "What came of it" in page
    assert "free to use under an open licence" in page
    assert "Finished" in page


def test_it_costs_the_same_with_more_rounds(client, db, django_assert_max_num_queries):
    for number in range(1, 6):
        published_tender(reference=f"SF{number}")
    with django_assert_max_num_queries(6):
        front(client, AT)


@pytest.mark.parametrize("name", FOOT)
def test_the_pages_at_the_foot_have_content_and_ask_nothing(client, db, name):
    answer = client.get(reverse(f"pages:{name}"))
    assert answer.status_code == 200
    assert len(answer.content) < 40_000
    assert not answer.cookies
    assert answer.content.decode().count("<h1") == 1


def test_help_says_whom_to_ring_and_when(client, db, settings):
    page = client.get(reverse("pages:help")).content.decode()
    assert settings.CONTACT["phone"] in page
    assert settings.CONTACT["email"] in page


def test_the_cookies_are_named_as_they_are_set(client, db, settings):
    page = client.get(reverse("pages:cookies")).content.decode()
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        assert f"<code>{name}</code>" in " ".join(page.split()).replace("<code> ", "<code>").replace(
            " </code>", "</code>"
        )


def test_no_other_cookie_is_ever_set(client, db, settings):
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), {"email": "a@example.org"})
    client.get(reverse("account_confirm_login_code"))
    assert set(client.cookies) <= {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}


def test_robots_are_told_what_is_nobodys_business(client, db):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    assert "Disallow: /staff/" in answer.content.decode()


def test_programs_that_look_for_an_icon_are_led_to_it(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    assert answer["Location"].startswith("/static/favicon.")
    assert answer["Cache-Control"] == "public, max-age=86400"
