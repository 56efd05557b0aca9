"""An authenticator app and recovery codes: added and removed by their person alone, told, written down."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from odifund.core.models import Event, OutboxMessage
from tests.core.signing_in import add_app, app_code, codes_on, is_signed_in, newest_code, sign_in, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_was_held_back(db):
    cache.clear()


@pytest.fixture
def tomasz():
    return somebody()


@pytest.fixture
def client(tomasz):
    return sign_in(tomasz.email)


def events():
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def test_an_app_is_asked_for_after_the_code_by_mail(client, tomasz):
    secret, page = add_app(client)
    assert len(codes_on(page)) == 10, "the recovery codes are shown at once"
    other = sign_in(tomasz.email)
    assert not is_signed_in(other)
    page = other.get(reverse("mfa_authenticate")).content.decode()
    assert "Second step" in page
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422
    other.post(reverse("mfa_authenticate"), {"code": app_code(secret, steps=1)})
    assert is_signed_in(other)


def test_a_way_added_and_removed_is_told_and_written_down(client, tomasz):
    add_app(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists(), "recovery codes go with the last way"
    assert {"person.way_added", "person.way_removed"} <= set(events())
    assert all(Event.objects.filter(name__startswith="person.way").values_list("sealed", flat=True))
    subjects = OutboxMessage.objects.filter(kind="core/way_changed").values_list("subject", flat=True)
    assert "An authenticator app was removed, on your account at the stimulus fund" in subjects


def test_no_secret_lies_in_the_database_in_clear(client, tomasz):
    secret, page = add_app(client)
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert not any(code in rows for code in codes_on(page))


def test_an_old_sign_in_is_asked_again_before_anything_is_changed(tomasz):
    browser = Client()
    browser.force_login(tomasz)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "account_change_address"):
        assert browser.get(reverse(name)).headers["Location"].startswith(reverse("account_prove"))
        assert browser.post(reverse(name), {"code": "1"}).headers["Location"].startswith("/account/its-you/")
    browser.post(reverse("account_prove"), {"send": "yes"})
    answer = browser.post(reverse("account_prove"), {"code": newest_code(), "next": "/account/address/"})
    assert answer.headers["Location"] == "/account/address/"
    assert browser.get("/account/address/").status_code == 200


def test_three_wrong_codes_and_the_right_one_is_of_no_use(tomasz):
    browser = Client()
    browser.force_login(tomasz)
    browser.post(reverse("account_prove"), {"send": "yes"})
    right = newest_code()
    pages = [browser.post(reverse("account_prove"), {"code": "WRONG-1"}) for _ in range(3)]
    assert [page.status_code for page in pages] == [422, 422, 422]
    page = browser.post(reverse("account_prove"), {"code": right}).content.decode()
    assert "no longer works" in page
    assert browser.get("/account/address/").status_code == 302


def test_the_way_back_leads_nowhere_else(tomasz):
    browser = Client()
    browser.force_login(tomasz)
    browser.post(reverse("account_prove"), {"send": "yes"})
    words = {"code": newest_code(), "next": "https://elsewhere.example.org/"}
    assert browser.post(reverse("account_prove"), words).headers["Location"] == "/account/"


def test_an_app_shows_that_it_is_you_too(client, tomasz):
    secret, _ = add_app(client)
    browser = Client()
    browser.force_login(tomasz)
    words = {"code": app_code(secret, steps=1), "next": "/account/codes/"}
    assert browser.post(reverse("account_prove"), words).headers["Location"] == "/account/codes/"
    assert len(codes_on(browser.get("/account/codes/").content.decode())) == 10


def test_a_recovery_code_lets_in_without_mail_once_and_the_app_is_asked_for_still(client, tomasz):
    secret, page = add_app(client)
    first, second, *_ = codes_on(page)
    back_in = reverse("account_get_back_in")
    browser, thief = Client(), Client()
    browser.post(back_in, {"email": tomasz.email, "code": first})
    assert not is_signed_in(browser)
    browser.post(reverse("mfa_authenticate"), {"code": app_code(secret, steps=1)})
    assert is_signed_in(browser)
    again = thief.post(back_in, {"email": tomasz.email, "code": first})
    assert "was used already" in again.content.decode()
    unknown = thief.post(back_in, {"email": "nobody@example.org", "code": second})
    problem = re.compile(r"That is not the address of an account with this recovery code")
    assert problem.search(again.content.decode())
    assert problem.search(unknown.content.decode())
    assert "person.got_back_in" in events()
    assert OutboxMessage.objects.filter(subject__startswith="A recovery code was used to sign in").exists()


def test_recovery_codes_cannot_be_tried_for_long(client, tomasz):
    add_app(client)
    back_in, browser = reverse("account_get_back_in"), Client()
    pages = [browser.post(back_in, {"email": tomasz.email, "code": f"{n:012}"}) for n in range(11)]
    assert "That was tried too often" in pages[-1].content.decode()
    assert "That was tried too often" not in pages[-2].content.decode()


def test_nobody_removes_a_way_of_somebody_else(client, tomasz):
    add_app(client)
    rival = sign_in(somebody("callum@example.org", "Callum Weir").email)
    theirs = Authenticator.objects.filter(user=tomasz).first()
    assert rival.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert rival.post(reverse("mfa_deactivate_totp")).status_code == 404
    assert rival.get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert Authenticator.objects.filter(user=tomasz).count() == 2


def test_recovery_codes_are_made_anew_and_kept_as_a_file(client, tomasz):
    _, page = add_app(client)
    before = codes_on(page)
    after = codes_on(client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode())
    assert len(after) == 10
    assert not set(before) & set(after)
    kept = client.get(reverse("mfa_download_recovery_codes"))
    assert kept.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert all(code in kept.content.decode() for code in after)
