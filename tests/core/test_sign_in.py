"""Signing in and registering, as a person meets them: our pages, our words, a code by mail."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from odifund.core.models import Person

pytestmark = pytest.mark.django_db


def code_in(message):
    return re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", message.body, re.MULTILINE)[1]


def test_a_newcomer_registers_with_a_name_an_address_and_a_code(client):
    page = client.get(reverse("account_signup")).content.decode()
    assert page.index("Your name") < page.index("E-mail address")
    assert "password" not in page.lower()
    answer = client.post(reverse("account_signup"), {"name": "Priya Nair", "email": "Priya@example.org"})
    assert answer.headers["Location"] == reverse("account_email_verification_sent")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "priya@example.org" in page
    answer = client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})
    assert answer.headers["Location"] == "/home/"
    assert Person.objects.get(email="priya@example.org").name == "Priya Nair"


def test_a_person_signs_in_with_the_code_from_the_mail(client):
    Person.objects.make("tomasz@example.org", "Tomasz Reid")
    answer = client.post(reverse("account_login"), {"email": "tomasz@example.org"})
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    assert client.get(answer.headers["Location"]).status_code == 200
    sent = mail.outbox[-1]
    code = code_in(sent)
    assert code not in sent.subject, "the subject stays in the outbox"
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.headers["Location"] == "/home/"


def test_a_wrong_code_says_what_to_do_and_shows_the_problem_above(client):
    Person.objects.make("tomasz@example.org", "Tomasz Reid")
    client.post(reverse("account_login"), {"email": "tomasz@example.org"})
    page = client.post(reverse("account_confirm_login_code"), {"code": "nonsense"}).content.decode()
    assert "<title>Error: " in page
    assert '<a href="#id_code">That is not the code.' in page


def test_an_unknown_address_is_answered_the_same_way_and_told_by_mail(client):
    answer = client.post(reverse("account_login"), {"email": "nobody@example.org"})
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    assert "to sign in to the stimulus fund. There is no account for this address" in mail.outbox[-1].body


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "<script>alert(1)</script>@example.org"])
def test_something_that_is_no_address_comes_back_with_a_message(client, address):
    page = client.post(reverse("account_login"), {"email": address}).content.decode()
    assert "There is a problem" in page
    assert "<script>alert" not in page


def test_who_registers_again_gets_a_mail_that_leads_to_sign_in(client):
    Person.objects.make("priya@example.org", "Priya Nair")
    page = client.post("/register/", {"email": "priya@example.org", "name": "Priya"}, follow=True)
    assert "If the address is new here, the mail holds a code" in page.content.decode()
    assert "/sign-in/\n" in mail.outbox[-1].body
