"""The demonstration's pages exist only in a marked database and only on this machine."""

from datetime import UTC, datetime

import pytest

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
