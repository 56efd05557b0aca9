"""An invitation lasts 14 days, and not beyond the deadline; it can be sent again, with a new key."""

from datetime import timedelta

import pytest

from consortia.models import LASTS, Invitation
from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders import tasks
from tenders.actions import consortium as taking_part
from tests import cast
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
SENT = PUBLISHED + timedelta(days=1)
ADDRESS = "hello@pattern-post.example.org"


@pytest.fixture
def formed():
    return consortium_of("lead-a", tender=published_tender(), name="Kerbside")


def invited(formed, at=SENT):
    with clock.held_at(at):
        words = {"organisation_name": "Pattern & Post", "email": ADDRESS}
        return taking_part.invite(formed, **words, by=formed.formed_by)


@pytest.fixture
def invitation(formed):
    return invited(formed)


def keys():
    bodies = OutboxMessage.objects.filter(kind="tenders/invitation_sent").order_by("queued_at", "pk")
    return [body.split("?key=")[1].split()[0] for body in bodies.values_list("body", flat=True)]


def resend(invitation, at, by=None):
    with clock.held_at(at):
        taking_part.resend(invitation, by=by or invitation.invited_by)


def swept(at):
    with clock.held_at(at):
        tasks.expire_invitations()


def accept(invitation, key, at):
    with clock.held_at(at):
        by = cast.person("partner-a", at=at)
        return taking_part.accept(invitation, key=key, organisation=organisation("partner-a"), by=by)


def told_of_expiry():
    return list(
        OutboxMessage.objects.filter(kind="tenders/invitation_expired").values_list("address", flat=True)
    )


def test_it_can_be_answered_until_14_days_have_passed_and_not_then(invitation):
    (key,) = keys()
    with pytest.raises(MovedOn, match="could be answered until"):
        accept(invitation, key, SENT + LASTS)
    invitation.refresh_from_db()
    assert invitation.is_waiting, "the clock has not swept yet, and it is late all the same"
    accept(invitation, key, SENT + LASTS - timedelta(seconds=1))


def test_it_never_lasts_beyond_the_deadline(formed):
    late = invited(formed, PROPOSALS_CLOSE - timedelta(days=2))
    assert late.expires_at == PROPOSALS_CLOSE


def test_the_clock_expires_it_once_and_the_lead_is_told(invitation):
    swept(SENT + LASTS - timedelta(seconds=1))
    assert Invitation.objects.get().is_waiting
    for _ in range(2):
        swept(SENT + LASTS)
    assert Invitation.objects.get().is_expired
    assert told_of_expiry() == [invitation.invited_by.email]
    event = Event.objects.get(name="invitation.expired")
    assert (event.sealed, event.actor) == (True, None)


def test_what_expires_at_the_deadline_is_not_mailed_about(formed):
    invited(formed, PROPOSALS_CLOSE - timedelta(days=2))
    swept(PROPOSALS_CLOSE)
    assert Invitation.objects.get().is_expired
    assert told_of_expiry() == []


def test_sent_again_it_has_a_new_key_and_the_old_one_is_dead(invitation):
    resend(invitation, SENT + timedelta(days=10))
    old, new = keys()
    with visiting(None, at=SENT + timedelta(days=20)) as client:
        assert client.get(f"/invitations/{invitation.pk}/?key={old}").status_code == 404
        assert client.get(f"/invitations/{invitation.pk}/?key={new}").status_code == 200
    with pytest.raises(WrongPerson):
        accept(invitation, old, SENT + timedelta(days=20))
    accept(invitation, new, SENT + timedelta(days=20))


def test_an_answer_that_was_on_its_way_with_the_old_key_is_refused_under_the_lock(invitation):
    seen = Invitation.objects.get(pk=invitation.pk)
    resend(invitation, SENT + timedelta(days=10))
    with pytest.raises(WrongPerson):
        accept(seen, keys()[0], SENT + timedelta(days=10))


def test_it_goes_again_an_hour_later_at_the_earliest(invitation):
    with pytest.raises(NotReady, match="less than an hour ago"):
        resend(invitation, SENT + timedelta(minutes=59))
    resend(invitation, SENT + timedelta(hours=1))
    with pytest.raises(NotReady):
        resend(invitation, SENT + timedelta(hours=1, minutes=30))


def test_an_expired_one_is_sent_again_and_can_expire_again(invitation):
    swept(SENT + LASTS)
    invitation.refresh_from_db()
    resend(invitation, SENT + timedelta(days=15))
    assert invitation.is_waiting
    swept(invitation.expires_at)
    assert len(told_of_expiry()) == 2


def test_not_while_another_to_the_same_address_waits(invitation, formed):
    swept(SENT + LASTS)
    invited(formed, SENT + timedelta(days=15))
    invitation.refresh_from_db()
    with pytest.raises(NotReady, match="already waiting"):
        resend(invitation, SENT + timedelta(days=16))


@pytest.mark.parametrize("verb", ["decline", "withdraw"])
def test_what_was_answered_or_withdrawn_is_not_sent_again(invitation, verb):
    with clock.held_at(SENT):
        if verb == "decline":
            by = cast.person("partner-a", at=SENT)
            taking_part.decline(invitation, key=keys()[0], by=by, at=SENT)
        else:
            taking_part.withdraw(invitation, by=invitation.invited_by, at=SENT)
    with pytest.raises(MovedOn):
        resend(invitation, SENT + timedelta(hours=2))


def test_only_the_leads_people_send_it_again(invitation):
    later = SENT + timedelta(hours=2)
    for player in ("lead-b", "partner-a", "manager"):
        with visiting(player, at=later) as client:
            assert client.post(f"/invitations/{invitation.pk}/resend/").status_code == 404
    with pytest.raises(WrongPerson):
        resend(invitation, later, by=cast.person("lead-b", at=SENT))
    assert len(keys()) == 1


def test_the_lead_reads_what_became_of_each_and_sends_again_by_a_button(invitation, formed):
    swept(SENT + LASTS)
    with visiting("lead-a", at=SENT + timedelta(days=15)) as client:
        page = text_of(client.get(formed.get_absolute_url()))
        assert "Expired on" in page
        page = text_of(client.post(f"/invitations/{invitation.pk}/resend/", follow=True))
    assert f"on its way to {ADDRESS} again" in page
    assert "Waiting for an answer, until" in page


def test_its_page_says_until_when_and_that_it_has_expired(invitation):
    (key,) = keys()
    with visiting(None, at=SENT) as client:
        assert "Answer by" in text_of(client.get(f"/invitations/{invitation.pk}/?key={key}"))
    with visiting(None, at=SENT + LASTS) as client:
        page = text_of(client.get(f"/invitations/{invitation.pk}/?key={key}"))
    assert "could be answered until" in page
    assert "Accept the invitation" not in page
