"""An address that the relay refuses: everybody else is told, and staff see that one was not."""

import pytest

from odifund.core import clock, postman
from odifund.core.models import OutboxMessage
from tenders.actions import watch
from tests import cast
from tests.core import smtp
from tests.factories.tender import published_tender
from tests.tenders.test_feeds import announce
from tests.tenders.test_tender_page import MONDAY, words

pytestmark = pytest.mark.django_db
WATCHING = ("lead-a", "lead-b", "newcomer")


@pytest.fixture
def postbox(settings):
    with smtp.server(settings) as postbox:
        yield postbox


@pytest.fixture
def refused(postbox):
    """The address of one who watches, which the relay does not take."""
    tender = published_tender()
    for player in WATCHING:
        watch.start(tender, by=cast.person(player, at=MONDAY), at=MONDAY)
    OutboxMessage.objects.all().delete()
    address = cast.person("lead-b", at=MONDAY).email
    postbox.answers[address] = "550 No such person"
    announce(tender, at=MONDAY)
    with clock.held_at(MONDAY):
        postman.sweep()
    return address


def test_the_others_get_theirs(refused, postbox):
    others = {cast.person(player, at=MONDAY).email for player in WATCHING} - {refused}
    assert set(postbox.addresses) == others
    assert len(postbox.addresses) == 2


def test_staff_see_that_one_was_refused_and_why_but_not_who_watches(refused, client):
    client.force_login(cast.person("manager", at=MONDAY))
    with clock.held_at(MONDAY):
        page = words(client.get("/staff/outbox/?state=failed"))
    assert "The mail was refused (550)." in page
    assert refused not in page


def test_it_is_not_tried_for_ever(refused, postbox):
    with clock.held_at(MONDAY.replace(day=25)):
        assert postman.sweep() == 0
    assert OutboxMessage.objects.get(address=refused).state == OutboxMessage.State.FAILED
