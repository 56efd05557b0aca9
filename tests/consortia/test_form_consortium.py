"""Forming a consortium, naming people, leaving: and what a rival sees of it, which is nothing."""

import uuid

import pytest

from consortia import access, queries
from consortia.actions import consortium
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event
from tests import cast
from tests.factories.consortium import BEFORE, colleague, consortium_of, joined, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return cast.person("lead-a", at=BEFORE)


@pytest.fixture
def callum():
    return cast.person("lead-b", at=BEFORE)


@pytest.fixture
def ines():
    return cast.person("partner-a", at=BEFORE)


def test_who_forms_it_is_named_for_the_lead_and_sees_it_alone(priya, callum, ines):
    formed = consortium_of("lead-a")
    assert list(access.consortia_for(priya)) == [formed]
    assert access.leads(priya, formed)
    for nobody in (callum, ines, cast.person("manager", at=BEFORE), cast.person("observer", at=BEFORE)):
        assert not access.consortia_for(nobody).exists()


def test_nobody_leads_with_an_organisation_of_others(callum):
    with pytest.raises(WrongPerson):
        consortium.form(
            name="Cuckoo", lead=organisation("lead-a"), formed_for=uuid.uuid4(), by=callum, at=BEFORE
        )


def test_an_organisation_leads_one_consortium_a_tender_and_as_many_as_there_are_tenders(priya):
    formed = consortium_of("lead-a")
    again = {"name": "Again", "lead": organisation("lead-a"), "by": priya, "at": BEFORE}
    with pytest.raises(NotReady, match="already leads"):
        consortium.form(formed_for=formed.formed_for, **again)
    assert consortium.form(formed_for=uuid.uuid4(), **again).name == "Again"


def test_an_agency_in_two_rivals_sees_both_and_they_see_nothing_of_each_other(priya, callum, ines):
    ours = consortium_of("lead-a", "partner-a")
    theirs = consortium_of("lead-b", "partner-a")
    assert set(access.consortia_for(ines)) == {ours, theirs}
    assert list(access.consortia_for(priya)) == [ours]
    assert list(access.consortia_for(callum)) == [theirs]


def test_people_of_the_agency_named_in_one_rival_do_not_see_the_other(ines):
    ours = consortium_of("lead-a", "partner-a")
    theirs = consortium_of("lead-b", "partner-a")
    ben = colleague("partner-a", "ben@pattern-post.example.org")
    assert not access.consortia_for(ben).exists()
    consortium.name_person(theirs.members.get(is_lead=False), ben, by=ines, at=BEFORE)
    assert list(access.consortia_for(ben)) == [theirs]
    assert not access.works_in(ben, ours)


def test_a_member_names_only_people_of_its_own_organisation(priya, callum):
    member = consortium_of("lead-a").members.get()
    with pytest.raises(NotReady, match="does not belong"):
        consortium.name_person(member, callum, by=priya, at=BEFORE)


def test_the_lead_cannot_name_or_take_off_a_member_s_people(priya, ines):
    formed = consortium_of("lead-a", "partner-a")
    ben = colleague("partner-a", "ben@pattern-post.example.org")
    member = formed.members.get(is_lead=False)
    with pytest.raises(WrongPerson):
        consortium.name_person(member, ben, by=priya, at=BEFORE)
    with pytest.raises(WrongPerson):
        consortium.unname_person(member, ines, by=priya, at=BEFORE)
    assert not access.works_in(ben, formed)
    assert access.works_in(ines, formed)


def test_a_colleague_who_is_not_named_cannot_name_themselves():
    formed = consortium_of("lead-a", "partner-a")
    ben = colleague("partner-a", "ben@pattern-post.example.org")
    with pytest.raises(WrongPerson):
        consortium.name_person(formed.members.get(is_lead=False), ben, by=ben, at=BEFORE)


def test_naming_shows_the_consortium_and_taking_off_hides_it_at_once(priya):
    formed = consortium_of("lead-a")
    ada = colleague("lead-a", "ada@exampleshire.example.org")
    member = formed.members.get()
    consortium.name_person(member, ada, part="submits", by=priya, at=BEFORE)
    assert access.leads(ada, formed)
    with pytest.raises(NotReady, match="already named"):
        consortium.name_person(member, ada, by=priya, at=BEFORE)
    consortium.unname_person(member, priya, by=ada, at=BEFORE)
    assert not access.consortia_for(priya).exists()
    with pytest.raises(MovedOn):
        consortium.unname_person(member, priya, by=ada, at=BEFORE)


def test_one_named_person_stays_for_each_member(priya):
    formed = consortium_of("lead-a", "partner-a")
    with pytest.raises(NotReady, match="only person who works"):
        consortium.unname_person(formed.members.get(is_lead=True), priya, by=priya, at=BEFORE)


def test_a_member_leaves_and_its_people_see_nothing_more(priya, ines):
    formed = consortium_of("lead-a", "partner-a")
    member = formed.members.get(is_lead=False)
    with pytest.raises(WrongPerson):
        consortium.leave(member, by=cast.person("lead-b", at=BEFORE), at=BEFORE)
    consortium.leave(member, by=ines, at=BEFORE)
    assert not access.consortia_for(ines).exists()
    assert [row.organisation.name for row in queries.members_of(formed)] == ["Exampleshire County Council"]
    with pytest.raises(WrongPerson):
        consortium.leave(member, by=ines, at=BEFORE)


def test_who_left_can_be_invited_back(ines):
    formed = consortium_of("lead-a", "partner-a")
    consortium.leave(formed.members.get(is_lead=False), by=ines, at=BEFORE)
    joined(formed, "partner-a")
    assert access.works_in(ines, formed)


def test_the_lead_cannot_leave(priya):
    with pytest.raises(NotReady, match="lead cannot leave"):
        consortium.leave(consortium_of("lead-a").members.get(), by=priya, at=BEFORE)


def test_only_the_lead_renames(priya, ines):
    formed = consortium_of("lead-a", "partner-a")
    consortium.rename(formed, name="Kerbside", by=priya, at=BEFORE)
    with pytest.raises(WrongPerson):
        consortium.rename(formed, name="Ours", by=ines, at=BEFORE)
    formed.refresh_from_db()
    assert formed.name == "Kerbside"


def test_every_event_of_a_consortium_is_sealed_and_belongs_to_its_tender(ines):
    formed = consortium_of("lead-a", "partner-a")
    consortium.leave(formed.members.get(is_lead=False), by=ines, at=BEFORE)
    events = Event.objects.exclude(name__startswith="organisation.").exclude(name__startswith="role.")
    assert {event.name for event in events} == {
        "consortium.formed",
        "invitation.sent",
        "invitation.accepted",
        "consortium.member_left",
    }
    for event in events:
        assert event.sealed
        assert event.scope == formed.formed_for
        assert "Pattern" not in str(event.facts)
