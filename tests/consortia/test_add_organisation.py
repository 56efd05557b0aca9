"""Adding an organisation, its details and its people."""

import pytest

from consortia import access
from consortia.actions import organisation as organisations
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, EventDetails, OutboxMessage, Person
from tests import cast
from tests.factories.consortium import BEFORE, colleague, consortium_of, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return cast.person("lead-a", at=BEFORE)


@pytest.fixture
def callum():
    return cast.person("lead-b", at=BEFORE)


def test_who_adds_an_organisation_speaks_for_it_and_a_rival_does_not_see_it(priya, callum):
    council = organisations.add(name=" Exampleshire ", kind="local_authority", by=priya, at=BEFORE)
    assert council.name == "Exampleshire"
    assert list(access.organisations_for(priya)) == [council]
    assert not access.organisations_for(callum).exists()


@pytest.mark.parametrize(
    ("kind", "in_uk", "counts"),
    [
        ("local_authority", True, True),
        ("public_body", True, True),
        ("digital", True, False),
        ("local_authority", False, False),
    ],
)
def test_only_public_bodies_in_the_uk_count_as_uk_public_sector(priya, kind, in_uk, counts):
    added = organisations.add(name="One", kind=kind, in_uk=in_uk, by=priya, at=BEFORE)
    assert added.is_uk_public_sector is counts


def test_adding_one_leaves_a_sealed_event(priya):
    added = organisation("lead-a")
    event = Event.objects.get(name="organisation.added")
    assert (event.sealed, event.subject_id, event.actor) == (True, str(added.pk), priya.pk)
    assert added.name not in str(event.facts)
    assert EventDetails.objects.get(event=event).content["subject"] == added.name


def test_its_people_edit_it_and_others_do_not(priya, callum):
    council = organisation("lead-a")
    organisations.edit(council, name="New name", kind="public_body", by=priya, at=BEFORE)
    council.refresh_from_db()
    assert (council.name, council.kind) == ("New name", "public_body")
    with pytest.raises(WrongPerson):
        organisations.edit(council, name="Taken over", kind="digital", by=callum, at=BEFORE)
    council.refresh_from_db()
    assert council.name == "New name"


def test_a_registered_person_is_added_by_address_whatever_its_case(priya):
    council = organisation("lead-a")
    Person.objects.make("ada@exampleshire.example.org", "Ada", joined_at=BEFORE)
    ada = organisations.add_person(council, email=" ADA@exampleshire.example.org", by=priya, at=BEFORE)
    assert access.speaks_for(ada, council)


def test_who_has_not_registered_gets_an_account_and_a_mail(priya):
    council = organisation("lead-a")
    new = organisations.add_person(council, email="New@example.org", name="Nia Poole", by=priya, at=BEFORE)
    assert (new.email, new.name) == ("new@example.org", "Nia Poole")
    assert access.speaks_for(new, council)
    told = OutboxMessage.objects.get(kind="consortia/person_added")
    assert (told.address, told.sealed) == ("new@example.org", True)
    assert Event.objects.get(name="person.invited").sealed, "that somebody may bid is theirs to tell"


def test_a_closed_account_is_not_opened_by_adding_it(priya):
    Person.objects.make("gone@example.org", "Gone", joined_at=BEFORE, is_active=False)
    with pytest.raises(NotReady, match="closed"):
        organisations.add_person(organisation("lead-a"), email="gone@example.org", by=priya, at=BEFORE)


def test_the_same_person_is_not_added_twice(priya):
    ada = colleague("lead-a", "ada@exampleshire.example.org")
    with pytest.raises(NotReady, match="already belongs"):
        organisations.add_person(organisation("lead-a"), email=ada.email, by=priya, at=BEFORE)


def test_a_rival_cannot_add_themselves(callum):
    with pytest.raises(WrongPerson):
        organisations.add_person(organisation("lead-a"), email=callum.email, by=callum, at=BEFORE)


def test_belonging_shows_no_consortium():
    consortium_of("lead-a")
    ada = colleague("lead-a", "ada@exampleshire.example.org")
    assert not access.consortia_for(ada).exists()


def test_who_leaves_an_organisation_is_named_nowhere_for_it(priya):
    ada = colleague("lead-a", "ada@exampleshire.example.org")
    formed = consortium_of("lead-a")
    from consortia.actions import consortium

    consortium.name_person(formed.members.get(), ada, by=priya, at=BEFORE)
    assert access.works_in(ada, formed)
    organisations.remove_person(organisation("lead-a"), ada, by=priya, at=BEFORE)
    assert not access.works_in(ada, formed)
    assert not access.organisations_for(ada).exists()
    with pytest.raises(MovedOn):
        organisations.remove_person(organisation("lead-a"), ada, by=priya, at=BEFORE)


def test_the_last_person_and_the_only_named_person_cannot_be_removed(priya):
    council = organisation("lead-a")
    with pytest.raises(NotReady, match="last person"):
        organisations.remove_person(council, priya, by=priya, at=BEFORE)
    consortium_of("lead-a")
    ada = colleague("lead-a", "ada@exampleshire.example.org")
    with pytest.raises(NotReady, match="only person who works"):
        organisations.remove_person(council, priya, by=ada, at=BEFORE)
    assert access.speaks_for(priya, council)
