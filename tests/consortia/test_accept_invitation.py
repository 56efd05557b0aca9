"""Inviting an organisation and what comes of it: once, by its holder, unless withdrawn."""

import hashlib

import pytest

from consortia import access
from consortia.actions import invitation
from consortia.actions import organisation as organisations
from consortia.models import Invitation
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from tests import cast
from tests.factories.consortium import BEFORE, colleague, consortium_of, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return cast.person("lead-a", at=BEFORE)


@pytest.fixture
def callum():
    return cast.person("lead-b", at=BEFORE)


@pytest.fixture
def ines():
    return cast.person("partner-a", at=BEFORE)


@pytest.fixture
def formed():
    return consortium_of("lead-a")


@pytest.fixture
def sent(formed, priya, ines):
    return invitation.invite(
        formed, organisation_name="Pattern & Post", email=ines.email, by=priya, at=BEFORE
    )


def test_the_key_is_stored_only_as_its_digest(sent):
    waiting, key = sent
    assert waiting.key_digest == hashlib.sha256(key.encode()).hexdigest()
    assert key not in str(Invitation.objects.filter(pk=waiting.pk).values().get())


def test_only_the_lead_invites(formed, callum, ines):
    for person in (callum, ines):
        with pytest.raises(WrongPerson):
            invitation.invite(formed, organisation_name="X", email="x@example.org", by=person, at=BEFORE)


def test_one_address_is_invited_once_at_a_time(formed, priya, ines, sent):
    again = {"organisation_name": "P", "email": ines.email.upper(), "by": priya, "at": BEFORE}
    with pytest.raises(NotReady, match="already waiting"):
        invitation.invite(formed, **again)
    invitation.withdraw(sent[0], by=priya, at=BEFORE)
    assert invitation.invite(formed, **again)[0].status == Invitation.Status.SENT


def test_accepting_makes_the_organisation_a_member_and_names_who_accepted(formed, sent, ines):
    waiting, key = sent
    member = invitation.accept(waiting, key=key, organisation=organisation("partner-a"), by=ines, at=BEFORE)
    assert (member.consortium, str(member), member.is_lead) == (formed, "Pattern & Post", False)
    assert access.works_in(ines, formed)
    assert not access.leads(ines, formed)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.answered_by, waiting.member) == ("accepted", ines, member)


def test_a_colleague_with_the_forwarded_mail_may_accept_and_nobody_elsewhere(formed, sent):
    nia, ben = cast.person("newcomer", at=BEFORE), colleague("partner-a", "ben@Pattern-Post.example.org")
    with pytest.raises(WrongPerson, match="another organisation"):
        invitation.accept(sent[0], key=sent[1], organisation=organisation("newcomer"), by=nia, at=BEFORE)
    invitation.accept(sent[0], key=sent[1], organisation=organisation("partner-a"), by=ben, at=BEFORE)
    assert access.works_in(ben, formed)
    assert not access.works_in(nia, formed)


def test_the_address_it_was_sent_to_needs_no_key(sent, ines, formed):
    invitation.accept(sent[0], key="", organisation=organisation("partner-a"), by=ines, at=BEFORE)
    assert access.works_in(ines, formed)


@pytest.mark.parametrize("key", ["", "guessed"])
def test_somebody_else_without_the_key_is_refused(sent, callum, formed, key):
    with pytest.raises(WrongPerson):
        invitation.accept(sent[0], key=key, organisation=organisation("lead-b"), by=callum, at=BEFORE)
    with pytest.raises(WrongPerson):
        invitation.decline(sent[0], key=key, by=callum, at=BEFORE)
    assert not access.works_in(callum, formed)


def test_it_is_used_once(sent, ines, formed):
    accept = {"key": sent[1], "organisation": organisation("partner-a"), "by": ines, "at": BEFORE}
    invitation.accept(sent[0], **accept)
    with pytest.raises(MovedOn):
        invitation.accept(sent[0], **accept)
    with pytest.raises(MovedOn):
        invitation.decline(sent[0], key=sent[1], by=ines, at=BEFORE)
    assert formed.members.count() == 2


def test_a_withdrawn_one_opens_nothing(sent, priya, ines, formed):
    invitation.withdraw(sent[0], by=priya, at=BEFORE)
    with pytest.raises(MovedOn):
        invitation.accept(sent[0], key=sent[1], organisation=organisation("partner-a"), by=ines, at=BEFORE)
    assert not access.works_in(ines, formed)


def test_only_the_lead_withdraws(sent, ines, callum):
    for person in (ines, callum):
        with pytest.raises(WrongPerson):
            invitation.withdraw(sent[0], by=person, at=BEFORE)


def test_declining_is_final(sent, ines):
    invitation.decline(sent[0], key=sent[1], by=ines, at=BEFORE)
    sent[0].refresh_from_db()
    assert sent[0].status == Invitation.Status.DECLINED
    with pytest.raises(MovedOn):
        invitation.accept(sent[0], key=sent[1], organisation=organisation("partner-a"), by=ines, at=BEFORE)


def test_nobody_joins_with_an_organisation_of_others_or_one_that_is_in(sent, ines, priya):
    with pytest.raises(WrongPerson):
        invitation.accept(sent[0], key=sent[1], organisation=organisation("lead-b"), by=ines, at=BEFORE)
    ours = organisations.add_person(organisation("lead-a"), email=ines.email, by=priya, at=BEFORE)
    with pytest.raises(NotReady, match="already in this consortium"):
        invitation.accept(sent[0], key=sent[1], organisation=organisation("lead-a"), by=ours, at=BEFORE)
    sent[0].refresh_from_db()
    assert sent[0].status == Invitation.Status.SENT
