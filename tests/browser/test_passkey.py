"""A passkey in a real browser: added, used to sign in without mail, and removed."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from odifund.core.models import Event, Person


@pytest.fixture
def portal(live_portal):
    """By its name: a passkey belongs to a host's name, never to an address of figures."""
    return live_portal.replace("127.0.0.1", "localhost")


@pytest.fixture
def keyring(page):
    """A device that keeps passkeys and always knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def newest_code():
    return re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_in_by_mail(page, portal, address):
    page.goto(f"{portal}/sign-in/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(newest_code())
    page.get_by_role("button", name="Continue").click()


def test_a_passkey_is_added_signs_in_without_mail_and_is_removed(page, portal, keyring, axe):
    Person.objects.make("priya@example.org", "Priya Nair")
    problems = []
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    sign_in_by_mail(page, portal, "priya@example.org")
    page.get_by_role("link", name="Priya Nair").click()
    axe(page)
    page.get_by_role("link", name="Add a passkey").click()
    axe(page)
    page.get_by_label("What will you call it?").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    axe(page)
    page.goto(f"{portal}/account/")
    expect(page.get_by_text("Work laptop").first).to_be_visible()

    page.goto(f"{portal}/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    sent = len(mail.outbox)
    page.goto(f"{portal}/sign-in/")
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{portal}/home/")
    assert len(mail.outbox) == sent

    page.goto(f"{portal}/account/")
    page.get_by_role("link", name="Remove the passkey Work laptop").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert problems == []
    names = Event.objects.filter(name__startswith="person.way_").values_list("name", flat=True)
    assert set(names) == {"person.way_added", "person.way_removed"}


def test_a_passkey_shows_that_it_is_you_after_a_long_time(page, portal, keyring):
    Person.objects.make("priya@example.org", "Priya Nair")
    sign_in_by_mail(page, portal, "priya@example.org")
    page.goto(f"{portal}/account/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    forget_that_it_was_shown()
    page.goto(f"{portal}/account/address/")
    expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Change your e-mail address")).to_be_visible()


def forget_that_it_was_shown():
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session

    for row in Session.objects.all():
        store = SessionStore(row.session_key)
        store.pop("account_authentication_methods", None)
        store.save()


def test_a_passkey_that_is_not_there_is_told_in_words(page, portal, keyring):
    page.goto(f"{portal}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")
