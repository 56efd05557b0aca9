"""22 September 2017, 5pm: a microsecond before is in time, on the second is late, and both are told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from odifund.core.models import Event
from tenders.models import Tender, Version
from tests.factories.proposal import close, complete_proposal, submit
from tests.factories.tender import PROPOSALS_CLOSE
from tests.journeys.browsing import Browser

JUST_BEFORE = PROPOSALS_CLOSE - timedelta(microseconds=1)
EARLIER = PROPOSALS_CLOSE - timedelta(minutes=2)


@pytest.fixture
def proposal(db):
    return complete_proposal()


@pytest.fixture
def priya(proposal):
    return Browser("lead-a", EARLIER)


def press_submit(priya, proposal, at):
    check = reverse("tenders:check_proposal", args=[proposal.pk])
    return priya.send(
        reverse("tenders:submit_proposal", args=[proposal.pk]), at, **priya.hidden(check, EARLIER)
    )


def test_a_microsecond_before_the_deadline_is_in_time(priya, proposal):
    answer = press_submit(priya, proposal, JUST_BEFORE)
    version = Version.objects.get()
    assert version.submitted_at == JUST_BEFORE
    receipt = priya.see(answer.url, JUST_BEFORE)
    assert version.receipt_number in receipt.words
    assert version.fingerprint in receipt.words.replace(" ", "")
    assert "5pm on Friday 22 September 2017" in receipt.words or "4:59" in receipt.words


def test_on_the_deadline_is_late_though_nothing_has_closed_the_tender(priya, proposal):
    assert Tender.objects.get().status == Tender.Status.PUBLISHED
    answer = press_submit(priya, proposal, PROPOSALS_CLOSE)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "5pm on Friday 22 September 2017" in page or "5:00:00pm on Friday 22 September 2017" in page
    assert "020 7946 0142" in page
    assert "Your draft is kept as it is" in page
    assert not Version.objects.exists()
    assert Event.objects.filter(name="proposal.refused_late").exists()


def test_what_was_submitted_before_stands_when_a_change_comes_too_late(priya, proposal):
    version = submit(proposal, at=EARLIER)
    answer = press_submit(priya, proposal, PROPOSALS_CLOSE)
    assert answer.status_code == 409
    assert version.receipt_number in answer.content.decode()
    assert Version.objects.get() == version


def test_a_double_click_gives_one_receipt(priya, proposal):
    check = reverse("tenders:check_proposal", args=[proposal.pk])
    fields = priya.hidden(check, EARLIER)
    path = reverse("tenders:submit_proposal", args=[proposal.pk])
    answers = [priya.send(path, JUST_BEFORE, **fields) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Version.objects.count() == 1


def test_the_public_sees_the_number_only_after_the_close(priya, proposal):
    press_submit(priya, proposal, JUST_BEFORE)
    tender = Tender.objects.get()
    register = reverse("tenders:register", args=[tender.reference])
    newcomer = Browser("newcomer", EARLIER)
    number = Version.objects.get().receipt_number
    assert number not in newcomer.see(register, JUST_BEFORE).words
    close(tender)
    assert number in newcomer.see(register, PROPOSALS_CLOSE).words
