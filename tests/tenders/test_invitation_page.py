"""An invitation's page: shown on GET, answered once by who holds it, clear about what became of it."""

from datetime import timedelta

import pytest

from consortia import access
from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.actions import consortium as taking_part
from tests import cast
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=5)


@pytest.fixture
def formed():
    return consortium_of("lead-a", tender=published_tender(), name="Kerbside")


@pytest.fixture
def address():
    return "hello@pattern-post.example.org"


@pytest.fixture
def invitation(formed, address):
    with clock.held_at(LATER):
        return taking_part.invite(
            formed, organisation_name="Pattern & Post", email=address, by=formed.formed_by
        )


@pytest.fixture
def key(invitation):
    mail = OutboxMessage.objects.get(kind="tenders/invitation_sent")
    return mail.body.split("?key=")[1].split()[0]


def sent_to(address):
    return pytest.mark.parametrize("address", [address])


def page(invitation, key=""):
    return f"/invitations/{invitation.pk}/?key={key}"


def accept(client, invitation, key, joins):
    words = {"key": key, "organisation": joins.pk}
    return client.post(f"/invitations/{invitation.pk}/accept/", words, follow=True)


def test_the_mail_goes_to_the_address_alone_and_is_sealed(invitation, key):
    mail = OutboxMessage.objects.get(kind="tenders/invitation_sent")
    assert (mail.address, mail.sealed, mail.scope) == (
        "hello@pattern-post.example.org",
        True,
        invitation.consortium.formed_for,
    )


def test_opening_the_link_shows_it_and_answers_nothing(invitation, key):
    with visiting(None, at=LATER) as client:
        words = text_of(client.get(page(invitation, key)))
    assert "Exampleshire County Council invites Pattern &amp; Post" in words
    assert "Kerbside" in words
    assert f"/register/?next=/invitations/{invitation.pk}/%3Fkey%3D{key}" in words
    invitation.refresh_from_db()
    assert invitation.is_waiting


@pytest.mark.parametrize("player", [None, "lead-b", "manager", "administrator", "observer"])
def test_without_the_key_it_does_not_exist(invitation, player):
    joins = organisation("lead-b")
    with visiting(player, at=LATER) as client:
        for guessed in ("", "guessed", "x" * 500):
            assert client.get(page(invitation, guessed)).status_code == 404
        answer = client.post(f"/invitations/{invitation.pk}/accept/", {"organisation": joins.pk})
    assert answer.status_code == (404 if player else 302)
    assert invitation.consortium.members.count() == 1


@sent_to("clerk@middling.example.org")
def test_a_newcomer_adds_an_organisation_comes_back_and_accepts(invitation, key, formed):
    with visiting("newcomer", at=LATER) as client:
        words = text_of(client.get(page(invitation, key)))
        back = words.split("/organisations/add/?next=")[1].split('"')[0]
        form = client.get(f"/organisations/add/?next={back}")
        went_back = form.context["next"]
        assert went_back == page(invitation, key)
        details = {"name": "Middling District Council", "kind": "local_authority", "next": went_back}
        details |= {"region": "wales", "size": "public"}
        assert client.post("/organisations/add/", details).headers["Location"] == page(invitation, key)
        joins = organisation("newcomer")
        said = text_of(accept(client, invitation, key, joins))
    assert "Middling District Council has joined Kerbside" in said
    assert access.works_in(cast.person("newcomer", at=LATER), formed)
    told = OutboxMessage.objects.get(kind="tenders/invitation_accepted")
    assert told.address == "priya.nair@exampleshire.example.org"


def test_used_twice_says_so_and_leads_on(invitation, key, formed):
    joins = organisation("partner-a")
    with visiting("partner-a", at=LATER) as client:
        accept(client, invitation, key, joins)
        again = accept(client, invitation, key, joins)
        words = text_of(client.get(page(invitation, key)))
    assert again.status_code == 409
    assert "works once" in words
    assert f"/consortia/{formed.pk}/" in words
    assert formed.members.count() == 2


def test_used_by_somebody_else_afterwards_says_so_and_shows_nothing_more(invitation, key, formed):
    with visiting("partner-a", at=LATER) as client:
        accept(client, invitation, key, organisation("partner-a"))
    with visiting("lead-b", at=LATER) as client:
        words = text_of(client.get(page(invitation, key)))
        assert accept(client, invitation, key, organisation("lead-b")).status_code == 403
    assert "was accepted on 22 August 2017" in words
    assert f"/consortia/{formed.pk}/" not in words
    assert not access.works_in(cast.person("lead-b", at=LATER), formed)


def test_a_withdrawn_one_says_so(invitation, key):
    with visiting("lead-a", at=LATER) as client:
        assert client.post(f"/invitations/{invitation.pk}/withdraw/").status_code == 302
    with visiting("partner-a", at=LATER) as client:
        assert "has withdrawn this invitation" in text_of(client.get(page(invitation, key)))
        assert accept(client, invitation, key, organisation("partner-a")).status_code == 409
    assert invitation.consortium.members.count() == 1


@pytest.mark.parametrize("player", ["lead-b", "partner-a", "manager", "administrator"])
def test_nobody_but_the_lead_withdraws_it(invitation, player):
    with visiting(player, at=LATER) as client:
        assert client.post(f"/invitations/{invitation.pk}/withdraw/").status_code == 404
        assert client.get(f"/invitations/{invitation.pk}/withdraw/").status_code == 405
    invitation.refresh_from_db()
    assert invitation.is_waiting


def test_declining_is_told_to_the_lead_without_a_name_of_a_person(invitation, key):
    with visiting("partner-a", at=LATER) as client:
        client.post(f"/invitations/{invitation.pk}/decline/", {"key": key})
        assert "was declined on" in text_of(client.get(page(invitation, key)))
    told = OutboxMessage.objects.get(kind="tenders/invitation_declined")
    assert "Pattern & Post will not join" in told.body
    assert "Ines" not in told.body


def test_an_organisation_of_others_cannot_join(invitation, key):
    theirs = organisation("lead-b")
    organisation("partner-a")
    with visiting("partner-a", at=LATER) as client:
        words = text_of(accept(client, invitation, key, theirs))
    assert "Choose the organisation that joins the consortium" in words
    assert invitation.consortium.members.count() == 1


def test_a_rival_who_was_passed_the_link_is_told_and_neither_joins_nor_declines(invitation, key, formed):
    with visiting("lead-b", at=LATER) as client:
        words = text_of(client.get(page(invitation, key)))
        assert accept(client, invitation, key, organisation("lead-b")).status_code == 403
        assert client.post(f"/invitations/{invitation.pk}/decline/", {"key": key}).status_code == 403
    assert "sent to an address at <b>pattern-post.example.org</b>" in words
    assert "Ask Priya Nair to invite you at your own address" in words
    assert "Accept the invitation" not in words
    invitation.refresh_from_db()
    assert invitation.is_waiting
    assert not access.is_named_in(cast.person("lead-b", at=LATER), formed)


@sent_to("clerk@exampleshire.example.org")
def test_the_lead_s_own_organisation_cannot_join_again(invitation, key):
    with visiting("lead-a", at=LATER) as client:
        words = text_of(accept(client, invitation, key, organisation("lead-a")))
    assert "is already in this consortium" in words


def test_on_the_deadline_it_is_too_late(invitation, key):
    with visiting("partner-a", at=PROPOSALS_CLOSE) as client:
        assert "nobody can join" in text_of(client.get(page(invitation, key)))
        assert accept(client, invitation, key, organisation("partner-a")).status_code == 409
    assert invitation.consortium.members.count() == 1
