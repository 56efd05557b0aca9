"""Before the opening the staff's trail and outbox name no asker, watcher, organisation or invited address."""

from datetime import timedelta

import pytest

from odifund.core import clock
from tenders.actions import answer as answers
from tenders.actions import consortium as taking_part
from tenders.actions import notice, question, watch
from tests import cast
from tests.factories.consortium import colleague, consortium_of
from tests.factories.proposal import draft_proposal
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=11)
SECRETS = (
    "Priya",
    "Exampleshire",
    "Kerbside",
    "Zanzibarnacle",
    "Pattern &amp; Post",
    "cogwheel.example.org",
    "nia.penhallow",
    "Nia Penhallow",
    "Callum",
    "Sampleton",
)


@pytest.fixture(autouse=True)
def everything_a_bidder_does():
    tender = published_tender()
    draft_proposal(tender, title="Zanzibarnacle repairs")
    formed = consortium_of("lead-b", tender=tender, name="Kerbside")
    ada = colleague("lead-b", "ada@sampleton.example.org")
    watch.start(tender, by=cast.person("newcomer", at=LATER), at=LATER)
    manager = cast.person("manager", at=LATER)
    with clock.held_at(LATER):
        taking_part.name_person(formed.members.get(), ada, by=formed.formed_by, at=LATER)
        taking_part.rename(formed, name="Kerbside for all", by=formed.formed_by)
        taking_part.invite(
            formed, organisation_name="Cogwheel", email="hello@cogwheel.example.org", by=formed.formed_by
        )
        asked = question.ask(tender, text="Zanzibarnacle?", by=cast.person("lead-a", at=LATER), at=LATER)
    answers.answer(asked, public_text="May they?", answer="Yes.", by=manager, at=LATER)
    notice.publish(tender, title="Step-free access", text="There is.", by=manager, at=LATER)


@pytest.mark.parametrize("player", ["manager", "approver", "observer", "administrator"])
@pytest.mark.parametrize("page", ["/staff/trail/", "/staff/outbox/", "/home/"])
def test_no_party_is_named(player, page):
    with visiting(player, at=LATER) as client:
        answer = client.get(page)
    words = text_of(answer)
    assert answer.status_code in (200, 403)
    for secret in SECRETS:
        assert secret not in words, (player, page, secret)


def test_the_observer_reads_what_happened_without_who():
    with visiting("observer", at=LATER) as client:
        words = text_of(client.get("/staff/trail/"))
    for line in ("A consortium was formed.", "Somebody asked a question.", "An organisation was added."):
        assert line in words
