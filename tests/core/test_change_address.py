"""Another address to sign in with: changed by its person, or by an administrator for who lost the mailbox."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from odifund.core.models import Event, OutboxMessage, Person
from tests import cast
from tests.core.ground import AT
from tests.core.signing_in import is_signed_in, newest_code, sign_in, somebody
from tests.factories.visit import visiting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_was_held_back(db):
    cache.clear()


@pytest.fixture
def tomasz():
    return somebody()


def ask(client, address):
    return client.post(reverse("account_change_address"), {"email": address})


def enter(client, code):
    return client.post(reverse("account_enter_code"), {"code": code})


def test_a_code_to_the_new_address_changes_it_and_both_are_told(tomasz):
    here, elsewhere = sign_in(tomasz.email), sign_in(tomasz.email)
    assert ask(here, "Tomasz.Reid@example.org").headers["Location"] == reverse("account_enter_code")
    assert mail.outbox[-1].to == ["tomasz.reid@example.org"]
    enter(here, newest_code())
    tomasz.refresh_from_db()
    assert tomasz.email == "tomasz.reid@example.org"
    told = OutboxMessage.objects.filter(kind="core/address_changed").values_list("address", flat=True)
    assert set(told) == {"tomasz@example.org", "tomasz.reid@example.org"}
    event = Event.objects.get(name="person.address_changed")
    assert event.sealed
    assert event.facts == {}, "addresses stand where they can be erased"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(sign_in("tomasz.reid@example.org"))


def test_the_old_address_signs_nobody_in_any_more(tomasz):
    here = sign_in(tomasz.email)
    ask(here, "new@example.org")
    enter(here, newest_code())
    assert not is_signed_in(sign_in_with_nothing("tomasz@example.org"))
    assert Person.objects.count() == 1


def sign_in_with_nothing(address):
    from django.test import Client

    client = Client()
    client.post(reverse("account_login"), {"email": address})
    assert "There is no account for this address" in mail.outbox[-1].body
    return client


def test_a_code_that_was_on_its_way_to_the_old_address_is_of_no_use(tomasz):
    from django.test import Client

    waiting = Client()
    waiting.post(reverse("account_login"), {"email": tomasz.email})
    to_the_old = newest_code()
    here = sign_in(tomasz.email)
    ask(here, "new@example.org")
    enter(here, newest_code())
    waiting.post(reverse("account_confirm_login_code"), {"code": to_the_old})
    assert not is_signed_in(waiting)


def test_an_address_of_another_account_is_not_told_of_on_the_page(tomasz):
    somebody("callum@example.org", "Callum Weir")
    here = sign_in(tomasz.email)
    assert ask(here, "callum@example.org").headers["Location"] == reverse("account_enter_code")
    assert "There is an account for this address already" in mail.outbox[-1].body
    page = enter(here, "AAAA-AAA")
    assert page.status_code == 422
    assert "That is not the code" in page.content.decode()
    tomasz.refresh_from_db()
    assert tomasz.email == "tomasz@example.org"


def test_an_address_taken_while_the_code_was_on_its_way_is_refused(tomasz):
    here = sign_in(tomasz.email)
    ask(here, "shared@example.org")
    code = newest_code()
    somebody("shared@example.org", "Somebody Quick")
    assert "Another account has this address already" in enter(here, code).content.decode()


@pytest.mark.parametrize("address", ["", "nobody", "tomasz@example.org", "TOMASZ@example.org"])
def test_no_address_or_the_same_comes_back_with_a_message(tomasz, address):
    assert ask(sign_in(tomasz.email), address).status_code == 422


def test_the_code_of_one_purpose_does_not_serve_another(tomasz):
    here = sign_in(tomasz.email)
    here.post(reverse("account_prove"), {"send": "yes"})
    assert enter(here, newest_code()).status_code == 422


def test_codes_are_not_sent_for_ever(tomasz):
    here = sign_in(tomasz.email)
    pages = [ask(here, f"new-{n}@example.org") for n in range(11)]
    assert "That was tried too often" in pages[-1].content.decode()


# By an administrator


@pytest.fixture
def amara():
    return cast.person("administrator", at=AT)


CHECKED = "Rang the council's switchboard at 10am and spoke to her."


def change_for(client, person, address, how=CHECKED):
    words = {"email": address, "how_checked": how}
    return client.post(reverse("pages:account_of", args=[person.pk]), words, follow=True)


def test_an_administrator_finds_an_account_by_its_whole_address_and_changes_it(tomasz, amara):
    elsewhere, desk = sign_in(tomasz.email), sign_in(amara.email)
    assert "No account has this address" in found(desk, "tomasz@example.com").content.decode()
    answer = found(desk, "Tomasz@example.org")
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "The account of Tomasz Reid" in page
    page = change_for(desk, tomasz, "tomasz@new.example.org").content.decode()
    assert "It and the old one are told" in page
    assert not is_signed_in(elsewhere)
    told = OutboxMessage.objects.filter(kind="core/address_changed")
    assert set(told.values_list("address", flat=True)) == {"tomasz@example.org", "tomasz@new.example.org"}
    assert all("Amara" in body for body in told.values_list("body", flat=True))
    event = Event.objects.get(name="person.address_changed_for")
    assert (event.sealed, event.actor) == (True, amara.pk)
    assert event.details.content["how_checked"] == CHECKED
    assert is_signed_in(sign_in("tomasz@new.example.org"))


def found(client, address):
    return client.post(
        reverse("pages:find_account"), {"email": address if "." in address else f"{address}x.org"}
    )


def test_it_says_how_it_was_checked_and_takes_no_address_of_another(tomasz, amara):
    somebody("callum@example.org", "Callum Weir")
    desk = sign_in(amara.email)
    assert (
        "Enter how you checked that it is them"
        in change_for(desk, tomasz, "a@b.example", "").content.decode()
    )
    page = change_for(desk, tomasz, "callum@example.org").content.decode()
    assert "Another account has this address already" in page
    page = change_for(desk, amara, "amara@new.example.org").content.decode()
    assert "Change your own address on your own account page" in page


@pytest.mark.parametrize(("player", "status"), [("manager", 403), ("observer", 403), ("lead-b", 404)])
def test_nobody_else_changes_an_address(tomasz, player, status):
    with visiting(player, at=AT) as client:
        assert client.get(reverse("pages:find_account")).status_code == status
        assert change_for(client, tomasz, "mine@example.org").status_code == status
    assert not Person.objects.filter(email="mine@example.org").exists()
