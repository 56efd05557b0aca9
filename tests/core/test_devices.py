"""Where somebody is signed in: listed, ended, and for how long it lasts."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from odifund.core import clock, devices
from odifund.core.models import Event
from tests.core.ground import AT
from tests.core.signing_in import is_signed_in, sign_in, somebody

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"


@pytest.fixture(autouse=True)
def nobody_was_held_back(db):
    cache.clear()


@pytest.fixture
def tomasz():
    return somebody()


def test_devices_are_listed_by_what_they_are(tomasz):
    here = sign_in(tomasz.email, HTTP_USER_AGENT=FIREFOX)
    sign_in(tomasz.email, HTTP_USER_AGENT=PHONE)
    page = here.get(reverse("account")).content.decode()
    assert "Firefox on Windows (this one)" in page
    assert "Safari on an iPhone" in page
    assert "127.0.0.1" in page


def test_one_device_is_signed_out_and_the_others_stay(tomasz):
    here, phone = sign_in(tomasz.email), sign_in(tomasz.email, HTTP_USER_AGENT=PHONE)
    found = devices.devices_of(tomasz, here.session.session_key, clock.now())
    key = next(device.key for device in found if not device.is_this)
    here.post(reverse("account_end_device", args=[key]))
    assert is_signed_in(here)
    assert not is_signed_in(phone)
    assert Event.objects.get(name="person.device_ended").sealed


def test_signing_out_everywhere_else_reaches_what_is_not_listed_too(tomasz):
    unlisted = Client()
    unlisted.force_login(tomasz)
    here, phone = sign_in(tomasz.email), sign_in(tomasz.email)
    here.post(reverse("account_end_devices"))
    assert is_signed_in(here)
    assert not is_signed_in(phone)
    assert not is_signed_in(unlisted)
    assert [device.is_this for device in devices.devices_of(tomasz, here.session.session_key, AT)] == [True]


def test_nobody_ends_a_device_of_somebody_else(tomasz):
    theirs = sign_in(tomasz.email)
    key = devices.devices_of(tomasz, None, AT)[0].key
    rival = sign_in(somebody("callum@example.org", "Callum Weir").email)
    rival.post(reverse("account_end_device", args=[key]))
    assert is_signed_in(theirs)


def test_a_sign_in_lasts_14_days_and_longer_for_who_will_need_it(tomasz, monkeypatch):
    assert devices.lasts(tomasz, AT) == timedelta(days=14)
    monkeypatch.setattr(devices, "needed_until", [lambda person, at: at + timedelta(days=40)])
    assert devices.lasts(tomasz, AT) == timedelta(days=41)
    monkeypatch.setattr(devices, "needed_until", [lambda person, at: None, lambda person, at: at])
    assert devices.lasts(tomasz, AT) == timedelta(days=14)


def test_sending_a_form_lets_a_sign_in_last_anew_once_a_day(tomasz, monkeypatch):
    here = sign_in(tomasz.email)
    asked = []
    monkeypatch.setattr(devices, "needed_until", [lambda person, at: asked.append(at)])
    here.post(reverse("account_rename"), {"name": "Tom Reid"})
    assert asked == []
    with clock.held_at(clock.now() + timedelta(days=2)):
        here.get(reverse("account"))
        assert asked == [], "reading writes nothing"
        here.post(reverse("account_rename"), {"name": "Tom Reid"})
        here.post(reverse("account_rename"), {"name": "Tomasz Reid"})
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox on Windows"),
        (PHONE, "Safari on an iPhone"),
        ("curl/8", "curl/8"),
        ("", "A browser"),
    ],
)
def test_a_device_has_a_name(agent, name):
    assert devices.name_of(agent) == name
