"""A mail that was given up is sent again at a button: an administrator's, told in the trail, still sealed."""

import pytest
from django.urls import reverse

from odifund.core import clock, mail, outbox, postman
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Event, OutboxMessage
from odifund.core.trail import entries
from tests import cast
from tests.core import smtp
from tests.core.ground import AT, a_tender

GIVEN_UP = "/staff/outbox/?state=failed"
BUTTON = "/send-again/"


@pytest.fixture
def postbox(settings):
    with smtp.server(settings) as postbox:
        yield postbox


@pytest.fixture
def people(db):
    return cast.whole(at=AT)


@pytest.fixture
def refused(people, postbox):
    """A mail whose address was refused; by now it would be taken."""
    return given_up(postbox, "core/person_invited")


def given_up(postbox, kind, about=None):
    mail.queue("core/person_invited", key="x", to=["a@example.org"], at=AT, context={"by": None}, about=about)
    OutboxMessage.objects.update(kind=kind)
    postbox.answers["a@example.org"] = "550 No such person"
    with clock.held_at(AT):
        postman.sweep()
    postbox.answers.clear()
    return OutboxMessage.objects.get()


def press(client, person, row):
    client.force_login(person)
    return client.post(reverse("pages:send_again", args=[row.pk]), follow=True)


def test_the_administrator_presses_and_it_is_sent(client, people, refused, postbox):
    client.force_login(people["administrator"])
    assert BUTTON in client.get(GIVEN_UP).content.decode()
    with clock.held_at(AT):
        page = press(client, people["administrator"], refused)
        assert page.redirect_chain == [(GIVEN_UP, 302)]
        assert "The mail waits again." in page.content.decode()
        assert postman.sweep() == 1
    assert postbox.addresses == ["a@example.org"]
    assert OutboxMessage.objects.get().state == OutboxMessage.State.SENT


def test_it_has_all_its_patience_anew(people, refused):
    OutboxMessage.objects.update(attempts=postman.PATIENCE, faults=postman.FAULTS)
    outbox.send_again(refused, by=people["administrator"], at=AT)
    row = OutboxMessage.objects.get()
    assert (row.attempts, row.faults, row.refusal) == (0, 0, "")


def test_the_trail_says_who_and_what_kind_and_no_address(client, people, refused):
    press(client, people["administrator"], refused)
    (entry,) = entries(Event.objects.filter(name="mail.sent_again"), ())
    assert entry.sentence == "Amara Quill had a mail sent again that was given up: Person invited."


def test_a_sealed_mail_stays_sealed(client, people, postbox):
    class Sealed:
        audit_scope, audit_sealed = a_tender().pk, True

    row = given_up(postbox, "tenders/proposal_submitted", about=Sealed())
    page = press(client, people["administrator"], row)
    assert "a@example.org" not in page.content.decode()
    (entry,) = entries(Event.objects.filter(name="mail.sent_again"), ())
    assert entry.sentence == "A mail about a proposal was sent again."


def test_pressed_twice_it_goes_once(client, people, refused):
    press(client, people["administrator"], refused)
    second = press(client, people["administrator"], refused)
    assert second.status_code == 409
    assert "not given up any more" in second.content.decode()
    assert Event.objects.filter(name="mail.sent_again").count() == 1
    with pytest.raises(MovedOn):
        outbox.send_again(refused, by=people["administrator"], at=AT)


def test_a_code_that_was_given_up_has_no_button(client, people, postbox):
    row = given_up(postbox, "account/login_code")
    client.force_login(people["administrator"])
    assert BUTTON not in client.get(GIVEN_UP).content.decode()
    assert press(client, people["administrator"], row).status_code == 409


def test_the_manager_sees_it_and_has_no_button(client, people, refused):
    client.force_login(people["manager"])
    page = client.get(GIVEN_UP).content.decode()
    assert "a@example.org" in page
    assert BUTTON not in page
    assert press(client, people["manager"], refused).status_code == 403
    with pytest.raises(WrongPerson):
        outbox.send_again(refused, by=people["manager"], at=AT)
    assert OutboxMessage.objects.get().state == OutboxMessage.State.FAILED


def test_looking_at_the_address_sends_nothing(client, people, refused):
    client.force_login(people["administrator"])
    assert client.get(reverse("pages:send_again", args=[refused.pk])).status_code == 405
