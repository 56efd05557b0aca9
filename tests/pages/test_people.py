"""The people pages: for administrators alone; the last of them stays."""

import pytest
from django.urls import reverse

from odifund.core.models import OutboxMessage, Person, Role
from tests import cast
from tests.core.ground import AT


@pytest.fixture
def people(db):
    return cast.whole(at=AT)


@pytest.fixture
def administrator(client, people):
    client.force_login(people["administrator"])
    return client


def test_the_list_names_the_staff_with_their_roles_and_nobody_of_a_bidder(administrator, people):
    page = administrator.get(reverse("pages:people")).content.decode()
    assert "Morgan Ellery" in page
    assert "Manager" in page
    assert "Priya Nair" not in page
    assert "Nia Penhallow" not in page


@pytest.mark.parametrize(("player", "status"), [("manager", 403), ("observer", 403), ("lead-a", 404)])
def test_it_is_the_administrators_page(client, people, player, status):
    client.force_login(people[player])
    assert client.get(reverse("pages:people")).status_code == status
    assert client.get(reverse("pages:invite_person")).status_code == status
    assert client.get(reverse("pages:person", args=[people["manager"].pk])).status_code == status
    end = reverse("pages:end_role", args=[people["manager"].pk, "manager"])
    assert client.post(end).status_code == status
    assert Role.objects.get(person=people["manager"]).ended_at is None


def test_somebody_who_is_not_signed_in_is_asked_to(client, people):
    answer = client.get(reverse("pages:people"))
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/?next=/staff/people/")


def test_an_administrator_invites_somebody(administrator):
    given = {"email": "Zadie@Example.org", "name": "Zadie Moor", "roles": ["manager", "approver"]}
    answer = administrator.post(reverse("pages:invite_person"), given, follow=True)
    assert "Zadie Moor is invited" in answer.content.decode()
    made = Person.objects.get(email="zadie@example.org")
    assert made.roles == {"manager", "approver"}
    assert OutboxMessage.objects.get().person == made


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(administrator):
    given = {"email": "zadie at example", "name": "Zadie Moor"}
    page = administrator.post(reverse("pages:invite_person"), given).content.decode()
    assert "Enter the e-mail address in full, like name@example.org" in page
    assert "Select at least one role" in page
    assert "zadie at example" in page
    assert not Person.objects.filter(name="Zadie Moor").exists()


def test_a_role_is_given_and_ended(administrator, people):
    approver = people["approver"]
    address = reverse("pages:person", args=[approver.pk])
    page = administrator.post(address, {"role": "finance"}, follow=True).content.decode()
    assert "Beatrix Holm now has the role Finance" in page
    page = administrator.post(reverse("pages:end_role", args=[approver.pk, "finance"]), follow=True)
    assert "no longer has that role" in page.content.decode()
    assert Person.objects.get(pk=approver.pk).roles == {"approver"}


def test_a_role_held_already_is_refused_in_words(administrator, people):
    address = reverse("pages:person", args=[people["approver"].pk])
    page = administrator.post(address, {"role": "approver"}).content.decode()
    assert "Beatrix Holm already has this role." in page


def test_the_last_administrators_role_cannot_be_ended(administrator, people):
    address = reverse("pages:end_role", args=[people["administrator"].pk, "administrator"])
    answer = administrator.post(address)
    assert answer.status_code == 409
    assert "The last administrator stays" in answer.content.decode()
    assert "has moved on" not in answer.content.decode()


def test_a_bidders_person_has_no_page_here(administrator, people):
    assert administrator.get(reverse("pages:person", args=[people["lead-a"].pk])).status_code == 404


def test_nothing_is_ended_by_a_link(administrator, people):
    address = reverse("pages:end_role", args=[people["approver"].pk, "approver"])
    assert administrator.get(address).status_code == 405


def test_the_list_costs_the_same_with_more_people(administrator, people, django_assert_max_num_queries):
    from odifund.core import people as moves

    address = reverse("pages:people")
    for number in range(30):
        moves.invite(f"p{number}@example.org", f"P {number}", roles=["finance"], by=None, at=AT)
    with django_assert_max_num_queries(6):
        administrator.get(address)
