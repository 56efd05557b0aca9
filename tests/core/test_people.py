"""Inviting people, giving roles and ending them; somebody can always give roles."""

import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from odifund.core import people
from odifund.core.errors import MovedOn, Refused, WrongPerson
from odifund.core.models import Event, OutboxMessage, Person, Role
from tests import cast
from tests.core.ground import AT


@pytest.fixture
def administrator(db):
    return cast.person("administrator", at=AT)


def roles(person):
    return Person.objects.get(pk=person.pk).roles


def test_an_invited_person_has_their_roles_and_a_mail(administrator):
    made = people.invite("New@Example.org ", " Nora Field ", roles=["manager"], by=administrator, at=AT)
    assert (made.email, made.name, roles(made)) == ("new@example.org", "Nora Field", {"manager"})
    mail = OutboxMessage.objects.get()
    assert (mail.kind, mail.address) == ("core/person_invited", "new@example.org")
    assert "Amara Quill has given you" in mail.body
    events = list(Event.objects.filter(actor=administrator.pk).order_by("id").values_list("name", flat=True))
    assert events == ["person.invited", "role.given"]


def test_inviting_again_adds_roles_and_makes_nobody_twice(administrator):
    first = people.invite("a@example.org", "Ann", roles=["manager"], by=administrator, at=AT)
    again = people.invite("A@EXAMPLE.ORG", "", roles=["manager", "finance"], by=administrator, at=AT)
    assert first == again
    assert roles(first) == {"manager", "finance"}


def test_whoever_is_invited_again_is_mailed_again(administrator):
    """To be given another part, or because the first mail never came."""
    for days, role in enumerate(["manager", "finance", "finance"]):
        at = AT + timedelta(days=days)
        people.invite("a@example.org", "Ann", roles=[role], by=administrator, at=at)
    assert list(OutboxMessage.objects.order_by("queued_at").values_list("queued_at", "address")) == [
        (AT + timedelta(days=days), "a@example.org") for days in range(3)
    ]


@pytest.mark.parametrize("player", ["manager", "approver", "observer", "lead-a"])
def test_only_an_administrator_invites_and_gives_roles(administrator, player):
    by = cast.person(player, at=AT)
    with pytest.raises(WrongPerson):
        people.invite("a@example.org", "Ann", roles=["manager"], by=by, at=AT)
    with pytest.raises(WrongPerson):
        people.give_role(by, "administrator", by=by, at=AT)
    with pytest.raises(WrongPerson):
        people.end_role(administrator, "administrator", by=by, at=AT)
    assert not Person.objects.filter(email="a@example.org").exists()


def test_a_role_is_given_once(administrator):
    manager = cast.person("manager", at=AT)
    with pytest.raises(MovedOn, match="already"):
        people.give_role(manager, "manager", by=administrator, at=AT)


def test_an_ended_role_is_kept_and_may_be_given_again(administrator):
    manager = cast.person("manager", at=AT)
    people.end_role(manager, "manager", by=administrator, at=AT)
    assert not roles(manager)
    row = Role.objects.get(person=manager)
    assert (row.ended_by, row.ended_at) == (administrator, AT)
    with pytest.raises(MovedOn, match="already ended"):
        people.end_role(manager, "manager", by=administrator, at=AT)
    people.give_role(manager, "manager", by=administrator, at=AT)
    assert Role.objects.filter(person=manager).count() == 2


def test_the_last_administrator_stays(administrator):
    with pytest.raises(MovedOn, match="last administrator"):
        people.end_role(administrator, "administrator", by=administrator, at=AT)
    gone = people.invite("b@example.org", "Ben", roles=["administrator"], by=administrator, at=AT)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(MovedOn, match="last administrator"):
        people.end_role(administrator, "administrator", by=administrator, at=AT)
    Person.objects.filter(pk=gone.pk).update(is_active=True)
    people.end_role(administrator, "administrator", by=administrator, at=AT)
    assert not roles(administrator)


def test_two_administrators_cannot_end_each_other(committed_db):
    one = cast.person("administrator", at=AT)
    two = people.invite("b@example.org", "Ben", roles=["administrator"], by=one, at=AT)
    start, results = threading.Barrier(2), []

    def end(by, other):
        start.wait()
        try:
            people.end_role(other, "administrator", by=by, at=AT)
            results.append("ended")
        except Refused:
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=end, args=pair) for pair in [(one, two), (two, one)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["ended", "refused"]
    assert Role.objects.filter(role="administrator", ended_at=None).count() == 1


def test_the_server_makes_the_first_administrator(db, capsys):
    call_command("invite_administrator", "Amara@Example.org", name="Amara Quill")
    call_command("invite_administrator", "amara@example.org")
    person = Person.objects.get()
    assert person.email == "amara@example.org"
    assert person.roles == {"administrator"}
    assert OutboxMessage.objects.count() == 2
    assert "amara@example.org is an administrator" in capsys.readouterr().out
    assert Event.objects.get(name="role.given").actor is None


def test_the_server_refuses_what_is_no_address(db):
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("invite_administrator", "amara")
