"""The demonstration's pages exist only in a marked database and only on this machine."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import demonstration
from tests import cast
from tests.factories.proposal import draft_proposal
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADDRESSES = ("/demo/", "/demo/mail/")
ELSEWHERE = (
    {"REMOTE_ADDR": "10.1.2.3"},
    {"HTTP_X_FORWARDED_FOR": "10.1.2.3"},
    {"HTTP_X_FORWARDED_HOST": "portal.example.org"},
    {"HTTP_FORWARDED": "for=10.1.2.3"},
    {"HTTP_X_REAL_IP": "10.1.2.3"},
    {"HTTP_VIA": "1.1 proxy"},
)
INVENTED = "This is a demonstration: every organisation in it is invented."


@pytest.fixture
def evaluation(db, monkeypatch, settings):
    """A process of `make run`. What it learns is forgotten afterwards."""
    settings.MODE = "evaluation"
    monkeypatch.setattr(demonstration, "_known", None)


@pytest.fixture
def told(evaluation):
    """A marked database with its cast."""
    demonstration.mark(AT)
    return cast.whole(at=AT)


def asks(client, page="/help/"):
    """How often a page asks whether this is the demonstration."""
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return sum("core_demonstration" in query["sql"] for query in asked)


@pytest.mark.django_db
def test_without_the_mark_there_is_no_demonstration(client):
    assert [client.get(address).status_code for address in ADDRESSES] == [404, 404]
    assert client.post("/demo/sign-in/", {"person": "manager"}).status_code == 404


@pytest.mark.django_db
def test_from_elsewhere_there_is_no_demonstration(client):
    demonstration.mark(AT)
    cast.whole(at=AT)
    for elsewhere in ELSEWHERE:
        assert client.get("/demo/", **elsewhere).status_code == 404
        assert client.post("/demo/sign-in/", {"person": "manager"}, **elsewhere).status_code == 404


@pytest.mark.django_db
def test_one_signs_in_as_anybody_of_the_cast(client):
    demonstration.mark(AT)
    people = cast.whole(at=AT)
    for key, person in people.items():
        assert client.post("/demo/sign-in/", {"person": key}).status_code == 302
        assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db
def test_nobody_else_can_be_signed_in(client):
    demonstration.mark(AT)
    assert client.post("/demo/sign-in/", {"person": "somebody"}).status_code == 404
    assert client.post("/demo/sign-in/").status_code == 404
    assert client.get("/demo/sign-in/", {"person": "manager"}).status_code == 405


def said_by_the_loader(**options):
    out = StringIO()
    call_command("load_demonstration", stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_the_loader_names_some_of_the_cast_where_the_demonstration_is():
    demonstration.mark(AT)
    said = said_by_the_loader()
    assert said.startswith("The demonstration is there already.\n\nSign in at http://127.0.0.1:8000/demo/ ")
    assert "  Morgan Ellery (manager): Writes and runs the tenders" in said


@pytest.mark.django_db
def test_the_loader_leaves_people_of_their_own_alone_and_sends_nobody_to_the_demonstration():
    cast.whole(at=AT)
    said = said_by_the_loader()
    assert said.startswith("There are people and no demonstration, so none was loaded.\n\n")
    assert "at http://127.0.0.1:8000/sign-in/" in said
    assert "/demo/" not in said
    assert not demonstration.is_loaded()


def test_the_foot_of_every_page_says_that_all_is_invented(told, client):
    for page in ("/", "/tenders/", "/nowhere/"):
        assert INVENTED in text_of(client.get(page))


def test_without_the_mark_no_page_says_so(client, evaluation):
    page = text_of(client.get("/sign-in/"))
    assert "demonstration" not in page
    assert "/demo/" not in page


def test_the_foot_says_who_one_is_and_leads_to_the_cast(told, client):
    assert "Be somebody of the cast" in text_of(client.get("/"))
    client.post("/demo/sign-in/", {"person": "lead-a"})
    page = text_of(client.get("/"))
    assert "You are Priya Nair." in page
    assert "Be somebody else" in page


def test_the_page_to_sign_in_leads_to_the_cast(told, client):
    assert "Sign in as somebody of the cast" in text_of(client.get("/sign-in/"))


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_from_elsewhere_no_page_leads_to_doors_that_do_not_open(told, client, elsewhere):
    for page in ("/", "/sign-in/"):
        said = text_of(client.get(page, **elsewhere))
        assert INVENTED in said
        assert "/demo/" not in said


def test_a_process_asks_once_whether_this_is_the_demonstration(told, client):
    assert [asks(client), asks(client)] == [1, 0]


def test_it_asks_once_too_where_people_work_without_a_demonstration(evaluation, client):
    cast.person("manager", at=AT)
    assert [asks(client), asks(client)] == [1, 0]


def test_an_empty_database_may_still_become_the_demonstration(evaluation, client):
    assert INVENTED not in text_of(client.get("/"))
    demonstration.mark(AT)
    assert INVENTED in text_of(client.get("/"))


@pytest.mark.parametrize("mode", ["production", "test"])
def test_elsewhere_than_in_an_evaluation_no_page_asks(told, client, settings, mode):
    settings.MODE = mode
    assert asks(client) == 0
    assert INVENTED not in text_of(client.get("/"))


def test_the_cast_says_where_each_stands_and_what_waits_for_them(told):
    draft_proposal(published_tender(), title="Repairs people can see")
    with visiting(None, at=PUBLISHED + timedelta(days=3)) as client:
        page = text_of(client.get("/demo/"))
    for words in ("Exampleshire County Council", "Moderator", "Write and submit “Repairs people can see”"):
        assert words in page
    assert 'href="/tenders/SF1/"' in page
    assert "Nothing waits just now." in page


def test_the_mail_says_to_whom_and_when_in_its_line(told, client, settings, tmp_path):
    settings.MAIL_FOLDER = tmp_path
    mail = EmailMessage("You are on the panel", "Words", to=["haruto.bell@fund.example.org"])
    (tmp_path / "000001-a.eml").write_bytes(mail.message().as_bytes())
    line = text_of(client.get("/demo/mail/")).partition("<summary")[2].partition("</summary>")[0]
    assert "You are on the panel" in line
    assert "To haruto.bell@fund.example.org, " in line
