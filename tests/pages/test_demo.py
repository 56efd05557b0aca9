"""The demonstration's pages exist only in a marked database and only on this machine."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from odifund.core import demonstration
from tests import cast

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ADDRESSES = ("/demo/", "/demo/mail/")


@pytest.mark.django_db
def test_without_the_mark_there_is_no_demonstration(client):
    assert [client.get(address).status_code for address in ADDRESSES] == [404, 404]
    assert client.post("/demo/sign-in/", {"person": "manager"}).status_code == 404


@pytest.mark.django_db
def test_from_elsewhere_there_is_no_demonstration(client):
    demonstration.mark(AT)
    cast.whole(at=AT)
    for elsewhere in ({"REMOTE_ADDR": "10.1.2.3"}, {"HTTP_X_FORWARDED_FOR": "10.1.2.3"}):
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
