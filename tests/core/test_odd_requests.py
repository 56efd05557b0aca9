"""Requests that no page of ours sends are answered with a page, whatever stands in them."""

import pytest
from django.conf import settings
from django.test import Client

from odifund.core import links
from tenders.models import ProblemReport
from tests.core.signing_in import newest_code, somebody
from tests.factories.tender import PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
REPORT = "/report-a-problem/"
WORDS = "The upload stopped at ninety per cent."
NO_ADDRESS = "http://["
ORGANISATION = {"name": "Middling", "kind": "other", "region": "london", "size": "micro"}


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/tenders/%00/",
        "/tenders/SF1/watch/a%00b/leave/",
        "/tenders/?q=%00",
        "/tenders/?%00=1",
        "/blog/?tender=%00",
        "/organisations/ask/?number=%00",
        "/organisations/ask/?name=%00",
        "/staff/tenders/add/?copy=%00",
        "/sign-in/?next=%00",
    ],
)
@pytest.mark.parametrize("player", [None, "manager", "lead-a"])
def test_an_address_that_is_no_text_is_answered_with_a_page(player, address):
    published_tender()
    with visiting(player, at=PUBLISHED) as browser:
        answer = browser.get(address)
    assert answer.status_code == 400
    assert "We could not read that" in text_of(answer)
    assert answer.headers["X-Request-Number"] in text_of(answer)
    assert "Content-Security-Policy" in answer.headers
    assert "%00" not in text_of(answer)


def test_what_was_typed_on_such_a_page_comes_back():
    answer = Client().post(f"{REPORT}?page=/%00", {"words": WORDS})
    assert answer.status_code == 400
    assert WORDS in text_of(answer)
    assert not ProblemReport.objects.exists()


def test_a_per_cent_sign_in_an_address_is_text():
    assert Client().get("/tenders/?q=100%2500").status_code == 200


def test_a_cookie_that_is_no_text_is_nobodys():
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "\0" + "a" * 31
    assert browser.get("/home/").headers["Location"].startswith("/sign-in/")


def test_a_problem_is_on_record_whatever_page_it_says_it_is_about():
    for more in ({"query_params": {"page": "//["}}, {"headers": {"Referer": NO_ADDRESS}}):
        assert Client().get(REPORT, **more).status_code == 200
        assert "Your number is" in text_of(Client().post(REPORT, {"words": WORDS}, **more))
    assert set(ProblemReport.objects.values_list("page", "words")) == {("", WORDS)}


def test_where_a_request_says_that_it_came_from_may_be_no_address():
    from_nowhere = {"headers": {"Referer": NO_ADDRESS}}
    assert Client().post("/nothing/here/", {"words": WORDS}, **from_nowhere).status_code == 404
    assert Client().post("/account/name/", {"name": "A"}, **from_nowhere).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"email": "a@example.org"}, **from_nowhere).status_code == 403


@pytest.mark.parametrize("next_", ["abc", "//[", "https://elsewhere.example.org/", "javascript:alert(1)"])
def test_nobody_is_led_on_to_what_is_no_page_of_ours(next_):
    assert Client().get("/sign-in/", query_params={"next": next_}).status_code == 200
    assert Client().get("/register/", query_params={"next": next_}).status_code == 200
    browser = Client()
    browser.force_login(somebody())
    browser.post("/account/its-you/", {"send": "yes"})
    shown = browser.post("/account/its-you/", {"code": newest_code(), "next": next_})
    assert shown.headers["Location"] == "/account/"
    added = browser.post("/organisations/add/", ORGANISATION | {"next": next_})
    assert added.headers["Location"].startswith("/organisations/")


@pytest.mark.parametrize(
    ("next_", "led_to"), [("abc", "/home/"), ("//[", "/home/"), ("/account/", "/account/")]
)
def test_who_signs_in_is_led_on_within_the_portal(next_, led_to):
    somebody("tomasz@example.org")
    browser = Client()
    browser.post("/sign-in/", {"email": "tomasz@example.org", "next": next_})
    answer = browser.post("/sign-in/code/", {"code": newest_code(), "next": next_})
    assert answer.headers["Location"] == led_to


def test_a_tender_to_copy_that_is_no_text_is_not_there():
    draft_tender()
    with visiting("manager", at=PUBLISHED) as browser:
        answer = browser.post("/staff/tenders/add/", {"start": "copy", "earlier": "\0", "title": "Again"})
    assert answer.status_code == 422
    assert "Again" in text_of(answer)


def test_the_parts_of_what_is_no_address_are_empty():
    assert links.parts_of(NO_ADDRESS) == links.parts_of("")
    assert links.parts_of("https://example.org/a?b=c").path == "/a"
