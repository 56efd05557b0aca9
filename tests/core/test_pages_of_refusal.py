"""Pages of refusal: each says what happened and what is kept, and has a number to quote."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import render_to_string

from odifund.core import errors, http

CLOSE = datetime(2017, 9, 22, 16, tzinfo=UTC)


@pytest.fixture
def request_(rf):
    request = rf.get("/tenders/SF1/")
    request.at, request.number, request.user = CLOSE, "3fa9c01d", AnonymousUser()
    return request


REFUSALS = [
    errors.WrongPerson("Only a manager publishes."),
    errors.MovedOn("This was already published."),
    errors.NotReady(["Set the date proposals close.", "Add <b>criteria</b>."]),
    errors.TooLate(
        "SF1 has closed.", deadline=CLOSE, judged_at=CLOSE.replace(second=3), kept="Your draft is kept."
    ),
]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_says_what_happened_and_gives_a_number(request_, refusal):
    answer = http.Refusals(None).process_exception(request_, refusal)
    page = answer.content.decode()
    assert answer.status_code == refusal.status
    assert "3fa9c01d" in page
    assert "020 7946 0142" in page
    assert "<b>criteria</b>" not in page
    for sentence in getattr(refusal, "sentences", [refusal.message]):
        assert sentence.replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in page


def test_too_late_shows_both_times_and_what_is_kept(request_):
    page = http.Refusals(None).process_exception(request_, REFUSALS[3]).content.decode()
    assert "5:00:00pm on Friday 22 September 2017" in page
    assert "5:00:03pm on Friday 22 September 2017" in page
    assert "Your draft is kept." in page


@pytest.mark.parametrize(("error", "status"), [(SuspiciousOperation(), 400), (RequestDataTooBig(), 413)])
def test_what_cannot_be_read_is_answered_with_a_page(request_, error, status):
    answer = http.unreadable(request_, error)
    assert answer.status_code == status
    assert "3fa9c01d" in answer.content.decode()


def test_a_failure_is_answered_without_the_database(request_):
    answer = http.failed(request_)
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "3fa9c01d" in page
    assert "020 7946 0142" in page


def test_even_the_barest_failure_has_a_page():
    assert "Something broke" in render_to_string("500.html")


@pytest.mark.django_db
def test_an_address_that_is_none_is_answered_in_the_look(client):
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert answer.headers["X-Request-Number"] in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_key_says_what_is_kept():
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "priya@example.org"})
    assert answer.status_code == 403
    assert "what was saved before is still there" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "typed"), [("/sign-in/", {"email": "nobody"}), ("/register/", {"email": "", "name": ""})]
)
def test_a_form_with_problems_is_answered_422_whoever_drew_it(client, address, typed):
    assert client.get(address).status_code == 200
    answer = client.post(address, typed)
    assert "There is a problem" in answer.content.decode()
    assert answer.status_code == 422


def test_problems_of_a_page_that_was_only_asked_for_are_none_of_its_answer(rf):
    def shown(request):
        request.has_problems = True
        return HttpResponse("There is a problem")

    assert http.Refusals(shown)(rf.get("/staff/trail/")).status_code == 200
    assert http.Refusals(shown)(rf.post("/staff/trail/")).status_code == 422
