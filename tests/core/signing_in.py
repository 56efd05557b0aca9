"""Signing in over HTTP in tests: codes out of mails, and an authenticator app."""

import re
import time

from allauth.mfa.totp.internal import auth as app
from django.core import mail
from django.test import Client
from django.urls import reverse

from odifund.core.models import Person


def newest_code():
    return re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", mail.outbox[-1].body, re.MULTILINE)[1]


def sign_in(address, client=None, **headers):
    """A client that signed in with the code from the mail."""
    client = client or Client(**headers)
    client.post(reverse("account_login"), {"email": address})
    client.post(reverse("account_confirm_login_code"), {"code": newest_code()})
    return client


def is_signed_in(client):
    return client.get(reverse("account")).status_code == 200


def somebody(address="tomasz@example.org", name="Tomasz Reid"):
    return Person.objects.make(address, name)


def app_code(secret, *, steps=0):
    """What the app shows now, or some steps of 30 seconds from now."""
    counter = int(time.time()) // 30 + steps
    return app.format_hotp_value(app.hotp_value(secret, counter))


def add_app(client):
    """Give the account an authenticator app; its secret, and the page that follows."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", page)[1]
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)}, follow=True)
    return secret, answer.content.decode()


def codes_on(page):
    return re.findall(r"<code>(\d{12})</code>", page)
