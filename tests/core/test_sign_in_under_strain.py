"""Signing in when something is wrong: late, too often, forged, with no mail server, by a mail filter."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail as sent_by_django
from django.core.cache import cache
from django.urls import reverse

from odifund.core import clock, people, postman
from odifund.core.models import Event, OutboxMessage, Person
from tests.core import smtp
from tests.core.ground import AT

ASK, ENTER = "account_login", "account_confirm_login_code"


@pytest.fixture(autouse=True)
def nobody_was_held_back(db):
    cache.clear()


@pytest.fixture
def tomasz(db):
    return Person.objects.make("tomasz@example.org", "Tomasz Reid")


def ask(client, address="tomasz@example.org", **more):
    return client.post(reverse(ASK), {"email": address} | more)


def newest_code():
    words = sent_by_django.outbox[-1].body
    return re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", words, re.MULTILINE)[1]


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_person_who_was_invited_signs_in_with_one_code_and_no_second(client, db):
    people.invite("amara@example.org", "Amara Quill", roles=["administrator"], by=None, at=AT)
    ask(client, "Amara@Example.org")
    answer = client.post(reverse(ENTER), {"code": newest_code()})
    assert answer.url == "/home/"
    assert signed_in(client)
    assert len(sent_by_django.outbox) == 1


def test_the_code_may_be_typed_in_small_letters_with_spaces(client, tomasz):
    ask(client)
    typed = f" {newest_code().lower().replace('-', ' ')} "
    client.post(reverse(ENTER), {"code": typed})
    assert signed_in(client)


def test_a_code_works_once(client, tomasz):
    ask(client)
    code = newest_code()
    client.post(reverse(ENTER), {"code": code})
    client.post(reverse("account_logout"))
    assert not signed_in(client)
    client.post(reverse(ENTER), {"code": code})
    assert not signed_in(client)


def test_a_code_is_of_no_use_in_another_browser(client, tomasz):
    from django.test import Client

    ask(client)
    thief = Client()
    answer = thief.post(reverse(ENTER), {"code": newest_code()}, follow=True)
    assert not signed_in(thief)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/")


def test_a_code_expires_and_the_way_to_a_new_one_is_there(client, tomasz, monkeypatch):
    ask(client)
    code, later = newest_code(), time.time() + 16 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    answer = client.post(reverse(ENTER), {"code": code}, follow=True)
    assert not signed_in(client)
    assert answer.redirect_chain[-1][0].startswith("/sign-in/")
    assert "Send me a code" in answer.content.decode()


def test_too_many_wrong_codes_end_the_attempt_in_words(client, tomasz):
    ask(client)
    code = newest_code()
    answers = [client.post(reverse(ENTER), {"code": "XXXXXX"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert "That was tried too often. Wait a few minutes" in client.get(answers[-1].url).content.decode()
    client.post(reverse(ENTER), {"code": code})
    assert not signed_in(client)


def test_asking_too_often_is_held_back_in_words(client, tomasz):
    answers = [ask(client) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 422, 422]
    assert "That was tried too often. Wait a few minutes" in answers[-1].content.decode()
    assert len(sent_by_django.outbox) == 3


def test_a_mistyped_address_can_be_put_right_at_once(client, tomasz):
    ask(client, "tomas@example.org")
    page = client.get(reverse(ENTER)).content.decode()
    assert f'href="{reverse(ASK)}"' in page
    assert "Send me a code" in client.get(reverse(ASK)).content.decode()
    ask(client)
    client.post(reverse(ENTER), {"code": newest_code()})
    assert signed_in(client)


def test_known_and_unknown_addresses_get_the_same_page(client, tomasz):
    def page_after(address):
        text = client.get(ask(client, address).url).content.decode()
        text = re.sub(r'name="form_key" value="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', "", text)
        text = re.sub(r'data-clock="\d+">[^<]*', "", text)
        return text.replace(address, "")

    assert page_after("tomasz@example.org") == page_after("nobody@example.org")


def test_registering_with_a_known_address_gets_the_same_page_and_makes_nobody(client, tomasz):
    given = {"name": "Somebody", "email": "tomasz@example.org"}
    known = client.post(reverse("account_signup"), given)
    unknown = client.post(reverse("account_signup"), given | {"email": "new@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Person.objects.filter(email="tomasz@example.org").get().name == "Tomasz Reid"


def test_registering_leaves_an_event_with_the_persons_own_name(client, db):
    client.post(reverse("account_signup"), {"name": "Nia Penhallow", "email": "nia@example.org"})
    assert not Event.objects.filter(name="person.registered").exists(), "the address is not proved yet"
    body = sent_by_django.outbox[-1].body
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", body, re.MULTILINE)[1]
    client.post(reverse("account_email_verification_sent"), {"code": code})
    event = Event.objects.get(name="person.registered")
    assert event.details.content["by"] == "Nia Penhallow"
    assert event.sealed, "beside a sealed row it would tell who asks or bids"
    assert Person.objects.get(email="nia@example.org").joined_at is not None


@pytest.mark.parametrize("first", [ASK, "account_signup"])
def test_a_deep_link_is_kept_through_the_code(client, tomasz, first):
    address = "/staff/trail/?tender=SF1"
    answer = client.get("/staff/trail/?tender=SF1")
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "next=" in page or 'name="next"' in page
    given = {"email": "tomasz@example.org", "next": address}
    enter = reverse(ENTER)
    if first == "account_signup":
        given |= {"email": "nia@example.org", "name": "Nia"}
        enter = reverse("account_email_verification_sent")
    answer = client.post(reverse(first), given)
    code_page = client.get(answer.url).content.decode()
    kept = re.search(r'name="next"\s+value="([^"]*)"', code_page)
    more = {"next": kept[1].replace("&amp;", "&")} if kept else {}
    answer = client.post(enter, {"code": newest_code()} | more)
    assert answer.url == address


def test_a_deep_link_never_leads_away_from_the_portal(client, tomasz):
    ask(client, next="https://example.com/")
    answer = client.post(reverse(ENTER), {"code": newest_code(), "next": "https://example.com/"})
    assert answer.url == "/home/"


def test_a_mail_filter_that_opens_every_link_changes_nothing(client, tomasz, db):
    from django.test import Client

    people.invite("amara@example.org", "Amara Quill", roles=["manager"], by=None, at=AT)
    postman.sweep()
    ask(client)
    ask(client, "nobody@example.org")
    words = "\n".join(sent.body for sent in sent_by_django.outbox)
    links = re.findall(r"https?://[^\s/]+(/[^\s]*)", words)
    assert links
    before = (Event.objects.count(), Person.objects.count(), OutboxMessage.objects.count())
    visitor = Client()
    for link in links:
        assert visitor.get(link).status_code in {200, 302}
    assert before == (Event.objects.count(), Person.objects.count(), OutboxMessage.objects.count())
    ask(client)
    client.post(reverse(ENTER), {"code": newest_code()})
    assert signed_in(client)


def test_signing_out_takes_a_button(client, tomasz):
    client.force_login(tomasz)
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    client.post(reverse("account_logout"))
    assert not signed_in(client)


def test_a_closed_account_is_not_let_in(client, tomasz):
    Person.objects.filter(pk=tomasz.pk).update(is_active=False)
    ask(client)
    if sent_by_django.outbox and "code to sign in" in sent_by_django.outbox[-1].subject:
        client.post(reverse(ENTER), {"code": newest_code()})
    assert not signed_in(client)


def test_the_request_sends_the_code_itself_with_no_worker(client, tomasz, settings):
    with smtp.server(settings) as postbox:
        ask(client)
    ((address, sent),) = postbox.mails
    assert address == "tomasz@example.org"
    assert sent["Subject"] == "Your code to sign in"
    assert OutboxMessage.objects.get().body == ""


def test_a_hung_mail_server_holds_the_page_five_seconds_and_the_code_comes_later(client, tomasz, settings):
    with smtp.hung_server(settings):
        began = time.monotonic()
        answer = ask(client)
        took = time.monotonic() - began
    assert answer.status_code == 302
    assert took < 7
    with smtp.server(settings) as postbox:
        postman.sweep()
    code = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", postbox.mails[0][1].get_payload(), re.MULTILINE)[1]
    client.post(reverse(ENTER), {"code": code})
    assert signed_in(client)


def test_a_code_that_waited_until_it_expired_is_not_sent_any_more(client, tomasz, settings):
    smtp.nobody_there(settings)
    ask(client)
    with smtp.server(settings) as postbox, clock.held_at(clock.now() + timedelta(minutes=16)):
        postman.sweep()
    assert not postbox.mails
    row = OutboxMessage.objects.get()
    assert (row.state, row.body) == (OutboxMessage.State.FAILED, "")


def test_the_code_is_never_in_the_outbox_once_it_was_sent(client, tomasz):
    ask(client)
    code = newest_code()
    row = OutboxMessage.objects.get()
    assert code not in row.subject + row.body + row.kind + row.key


def test_a_session_lasts_until_after_a_deadline_and_its_cookie_is_closed(client, tomasz, settings):
    ask(client)
    client.post(reverse(ENTER), {"code": newest_code()})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] >= 14 * 24 * 3600 - 5
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_somebody_signed_in_who_comes_back_to_the_code_page_is_led_home(client, tomasz):
    client.force_login(tomasz)
    for page in ("account_email_verification_sent", "account_confirm_login_code", "account_signup"):
        assert client.get(reverse(page)).url == "/home/"
