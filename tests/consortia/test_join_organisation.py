"""Two people who add the same organisation are brought together; nobody can lock one out."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from consortia import access
from consortia.actions import organisation as organisations
from consortia.actions import request as requests
from consortia.models import JoinRequest, Organisation
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage, Person
from tests import cast
from tests.factories.consortium import BEFORE, consortium_of
from tests.factories.tender import published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
NUMBER = {"scheme": "GB-LAE", "number": "EXS"}
FORM = {"name": "Exampleshire", "kind": "local_authority", "region": "east", "size": "public", **NUMBER}
ASK = "/organisations/ask/?scheme=GB-LAE&number=EXS"
LATER = BEFORE + timedelta(days=3)


@pytest.fixture(autouse=True)
def nobody_was_held_back(db):
    cache.clear()


@pytest.fixture
def priya():
    return cast.person("lead-a", at=BEFORE)


@pytest.fixture
def nia():
    return cast.person("newcomer", at=BEFORE)


@pytest.fixture
def council(priya):
    words = {"name": "Exampleshire County Council", "kind": "local_authority"}
    return organisations.add(**words, **NUMBER, by=priya, at=BEFORE)


def asked(council, nia):
    return requests.ask(council, words="Head of digital", by=nia, at=BEFORE)


def mails(kind):
    return sorted(OutboxMessage.objects.filter(kind=f"consortia/{kind}").values_list("address", flat=True))


def test_the_second_person_is_told_it_is_here_and_sees_nothing_of_it(council, priya):
    consortium_of("lead-a", tender=published_tender(), name="Kerbside")
    with visiting("newcomer", at=BEFORE) as client:
        page = text_of(client.post("/organisations/add/", FORM | {"number": "exs"}, follow=True))
        assert "Exampleshire County Council is here already" in page
        assert not any(word in page for word in ("Priya", "priya", "Kerbside", str(council.pk)))
        page = text_of(client.post(ASK, {"words": "Head of digital"}, follow=True))
        assert "Its people are told by mail" in page
        assert client.get(council.get_absolute_url()).status_code == 404
    assert Organisation.objects.filter(**NUMBER).count() == 1
    assert mails("join_asked") == [priya.email]
    event = Event.objects.get(name="request.made")
    assert (event.sealed, event.facts) == (True, {})


def test_a_number_that_is_not_here_leads_nowhere(council):
    with visiting("newcomer", at=BEFORE) as client:
        assert client.get("/organisations/ask/?scheme=GB-LAE&number=KEN").status_code == 404
        assert client.get("/organisations/ask/").status_code == 404


def test_one_of_its_people_adds_who_asks_by_a_button(council, nia, priya):
    request = asked(council, nia)
    with visiting("lead-a", at=BEFORE) as client:
        assert "1 person asks to belong to Exampleshire" in text_of(client.get("/home/"))
        assert "Head of digital" in text_of(client.get(council.get_absolute_url()))
        page = text_of(
            client.post(f"/organisations/requests/{request.pk}/answer/", {"accept": "yes"}, follow=True)
        )
    assert "now belongs to Exampleshire" in page
    assert access.speaks_for(nia, council)
    assert not access.consortia_for(nia).exists()
    assert mails("join_answered") == [nia.email]


def test_one_of_its_people_says_no(council, nia, priya):
    request = asked(council, nia)
    with visiting("lead-a", at=BEFORE) as client:
        client.post(f"/organisations/requests/{request.pk}/answer/", {"decline": "yes"})
    assert not access.speaks_for(nia, council)
    with pytest.raises(MovedOn):
        requests.accept(request, by=priya, at=BEFORE)
    assert asked(council, nia).pk != request.pk, "it can be asked again"


@pytest.mark.parametrize("player", ["lead-b", "partner-a", "manager", "administrator", "newcomer"])
def test_nobody_else_answers(council, nia, player):
    request = asked(council, nia)
    with visiting(player, at=LATER) as client:
        path = f"/organisations/requests/{request.pk}/answer/"
        assert client.post(path, {"accept": "yes"}).status_code == 404
        if player != "newcomer":
            assert client.get(request.get_absolute_url()).status_code == 404
    with pytest.raises(WrongPerson):
        requests.accept(request, by=cast.person(player, at=BEFORE), at=LATER)
    assert not access.speaks_for(nia, council)


def test_asking_twice_is_asking_once_and_it_can_be_taken_back(council, nia):
    assert asked(council, nia) == asked(council, nia)
    assert len(mails("join_asked")) == 1
    with visiting("newcomer", at=BEFORE) as client:
        client.post(f"/organisations/requests/{JoinRequest.objects.get().pk}/take-back/")
    assert not JoinRequest.objects.get().is_waiting


def test_who_belongs_to_it_does_not_ask(council, priya):
    with pytest.raises(NotReady, match="belong to Exampleshire"):
        asked(council, priya)


def test_nobody_asks_many_organisations_in_a_day(council, priya):
    for number in range(6):
        organisations.add(
            name=f"Council {number}",
            kind="other",
            scheme="GB-NIC",
            number=f"10000{number}",
            by=priya,
            at=BEFORE,
        )
    with visiting("newcomer", at=BEFORE) as client:
        pages = [
            client.post(f"/organisations/ask/?scheme=GB-NIC&number=10000{number}", {"words": "Me"})
            for number in range(6)
        ]
    assert [page.status_code for page in pages] == [302] * 5 + [422]


# When nobody answers


def test_after_three_days_an_administrator_decides_with_a_reason_told_to_all(council, nia, priya):
    request = asked(council, nia)
    page, words = f"/staff/requests/{request.pk}/", {"answer": "admit", "reason": "Rang the council"}
    with visiting("administrator", at=LATER - timedelta(seconds=1)) as client:
        assert client.get(page).status_code == 404, "it is none of the fund's to see yet"
        assert client.post(page, words).status_code == 404
        assert "Decide:" not in text_of(client.get("/home/"))
    with visiting("administrator", at=LATER) as client:
        assert "Decide:" in text_of(client.get("/home/"))
        assert client.post(page, {"answer": "admit", "reason": ""}).status_code == 422
        client.post(page, words)
    assert access.speaks_for(nia, council)
    assert mails("join_decided") == sorted([nia.email, priya.email])
    event = Event.objects.get(name="request.admitted")
    assert event.sealed
    assert event.details.content["reason"] == "Rang the council"


def test_an_administrator_can_say_no_too(council, nia):
    request = asked(council, nia)
    with visiting("administrator", at=LATER) as client:
        client.post(f"/staff/requests/{request.pk}/", {"answer": "turn_down", "reason": "Not known there"})
    assert not access.speaks_for(nia, council)
    assert "Not known there" in OutboxMessage.objects.filter(kind="consortia/join_decided").first().body


@pytest.mark.parametrize(("player", "status"), [("manager", 403), ("lead-b", 404), ("lead-a", 404)])
def test_nobody_else_decides(council, nia, player, status):
    request = asked(council, nia)
    with visiting(player, at=LATER) as client:
        assert client.get(f"/staff/requests/{request.pk}/").status_code == status


# The number itself


def test_the_database_holds_each_number_once(council, priya):
    with pytest.raises(NotReady, match="is here already"):
        organisations.add(name="Again", kind="other", **NUMBER, by=priya, at=BEFORE)
    other = organisations.add(name="Other", kind="other", by=priya, at=BEFORE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=other.pk).update(**NUMBER)
    organisations.add(name="A second without a number", kind="other", by=priya, at=BEFORE)


def test_a_number_of_another_is_not_taken_by_editing(council, priya):
    other = organisations.add(name="Other", kind="other", by=priya, at=BEFORE)
    with visiting("lead-a", at=BEFORE) as client:
        page = client.post(f"{other.get_absolute_url()}edit/", FORM)
        assert "Another organisation has this number here" in text_of(page)
        assert client.post(f"{council.get_absolute_url()}edit/", FORM).status_code == 302
    council.refresh_from_db()
    assert (council.name, council.region, council.size) == ("Exampleshire", "east", "public")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Enter its number in the register"),
        ({"scheme": ""}, "Choose the register that the number is from"),
        ({"scheme": "GB-COH", "number": "1234567"}, "Did you mean 01234567?"),
        ({"scheme": "GB-XXX"}, "Choose the register from the list"),
        ({"region": ""}, "Select where it is based"),
    ],
)
def test_a_number_that_cannot_be_comes_back_in_words(wrong, said):
    with visiting("newcomer", at=BEFORE) as client:
        page = client.post("/organisations/add/", FORM | wrong)
    assert page.status_code == 422
    assert said in text_of(page)
    assert not Organisation.objects.exists()


def test_outside_the_uk_is_not_of_the_uk():
    with visiting("newcomer", at=BEFORE) as client:
        client.post("/organisations/add/", FORM | {"region": "abroad", "scheme": "", "number": ""})
    assert not Organisation.objects.get().is_uk_public_sector


# Leaving


def leave(client, council, **words):
    return client.post(f"{council.get_absolute_url()}leave/", words, follow=True)


def test_who_has_colleagues_leaves_by_a_button(council, nia, priya):
    organisations.add_person(council, email=nia.email, by=priya, at=BEFORE)
    with visiting("lead-a", at=BEFORE) as client:
        assert "You have left" in text_of(leave(client, council))
    assert not access.speaks_for(priya, council)
    assert access.speaks_for(nia, council)


def test_the_only_person_hands_over_to_somebody_who_is_invited(council, priya):
    with visiting("lead-a", at=BEFORE) as client:
        assert "Enter the address of who takes over" in text_of(leave(client, council))
        leave(client, council, email="ada@exampleshire.example.org", name="Ada Coventry")
    ada = Person.objects.get(email="ada@exampleshire.example.org")
    assert access.speaks_for(ada, council)
    assert not access.speaks_for(priya, council)
    assert mails("person_added") == [ada.email]
    assert Event.objects.filter(name="organisation.handed_over", sealed=True).exists()
    with pytest.raises(WrongPerson):
        organisations.leave(council, by=priya, at=BEFORE)


def test_a_colleague_whose_account_is_closed_is_nobody_to_leave_it_to(council, nia, priya):
    organisations.add_person(council, email=nia.email, by=priya, at=BEFORE)
    nia.is_active = False
    nia.save()
    with pytest.raises(NotReady, match="Name somebody who takes over"):
        organisations.leave(council, by=priya, at=BEFORE)


def test_nobody_leaves_a_proposal_alone(council, nia, priya):
    from odifund.core import clock
    from tenders.actions import consortium as taking_part

    tender = published_tender()
    with clock.held_at(BEFORE):
        taking_part.form(tender, lead=council, name="Kerbside", by=priya)
    with visiting("lead-a", at=BEFORE) as client:
        page = text_of(leave(client, council, email=nia.email))
    assert "is the only person who works" in page
    assert access.speaks_for(priya, council)
    assert not access.speaks_for(nia, council), "all or nothing"
    assert mails("person_added") == []
