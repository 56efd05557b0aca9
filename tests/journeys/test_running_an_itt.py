"""An invitation from its last check to its close, over HTTP, as the fund runs it on a bad day.

Two people leave its publication to the clock; somebody watches with an address alone; two rivals ask
and are answered in one batch; in the last hour the portal is away, an incident is recorded, the
deadline is extended by two, and what comes between the old and the new deadline is in time.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest

from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.actions import answer as answers
from tenders.actions import tender as tenders
from tenders.models import Question, Tender, Version
from tenders.tasks import close_tenders, publish_tenders
from tests import cast
from tests.factories import proposal as proposals
from tests.factories.tender import PROPOSALS_CLOSE, programme
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2017, 8, 14, 9, tzinfo=UTC)
OPENS = datetime(2017, 8, 17, 8, tzinfo=UTC)  # 9am in London
ASKED = OPENS + timedelta(days=4)
LAST_HOUR = PROPOSALS_CLOSE - timedelta(minutes=40)
MONDAY = PROPOSALS_CLOSE + timedelta(days=3)
STAFF, PUBLIC = "/staff/tenders/SF1", "/tenders/SF1"
WATCHER = "nobodys@watcher.example.org"


def post(player, address, at, **words):
    """What a person sends from a page, and where it leads."""
    with visiting(player, at=at) as client:
        return text_of(client.post(address, words, follow=True))


def read(player, page, at):
    with visiting(player, at=at) as client:
        return text_of(client.get(page))


def mails(kind):
    return sorted(OutboxMessage.objects.filter(kind=f"tenders/{kind}").values_list("address", flat=True))


def test_from_the_second_persons_confirmation_to_the_register():
    tender = written_and_confirmed()
    published_by_the_clock(tender)
    watched_without_an_account()
    asked_by_two_rivals_and_answered_in_one_batch()
    ours = submitted_once(tender)
    extended_for_an_incident_in_the_last_hour(tender)
    submitted_again_after_the_first_deadline(ours)
    closed_at_the_new_one(tender)


def written_and_confirmed():
    """A manager writes it from the template; the approver reads it and leaves it to the clock."""
    cast.person("approver", at=WRITTEN)
    manager = cast.person("manager", at=WRITTEN)
    tender = tenders.draft_from_template(
        programme(at=WRITTEN), reference="SF1", publish_on=OPENS.date(), by=manager, at=WRITTEN
    )
    assert "You proposed it" in post("manager", f"{STAFF}/propose/", WRITTEN)
    with visiting("approver", at=WRITTEN) as client:
        seen = client.get(f"{STAFF}/publish/").context["read"]
        client.post(f"{STAFF}/publish/", {"read": seen, "do": "schedule"})
    return tender


def published_by_the_clock(tender):
    """Not a moment early; then everybody reads it, prints it, and finds it in the feed."""
    with visiting(None, at=OPENS - timedelta(seconds=1)) as client:
        publish_tenders()
        assert client.get(f"{PUBLIC}/").status_code == 404
    with visiting(None, at=OPENS) as client:
        publish_tenders()
        assert "Published on 17 August 2017" in text_of(client.get(f"{PUBLIC}/"))
        assert "SF1" in text_of(client.get("/tenders.atom"))
        assert client.get(f"{PUBLIC}/itt.pdf").getvalue().startswith(b"%PDF-")
        assert "BEGIN:VCALENDAR" in text_of(client.get(f"{PUBLIC}/timetable.ics"))
    tender.refresh_from_db()
    assert tender.published_at == OPENS


def watched_without_an_account():
    """An address, confirmed by the button behind the link in its mail."""
    post(None, f"{PUBLIC}/watch/address/", ASKED, email=WATCHER)
    mail = OutboxMessage.objects.get(address=WATCHER)
    link = re.search(r"/tenders/SF1/watch/[^\s/]+/confirm/", mail.body)[0]
    post(None, link, ASKED)


def asked_by_two_rivals_and_answered_in_one_batch():
    """Neither learns of the other; all are told both answers in one mail."""
    for player, text in (("lead-a", "We at Exampleshire ask: may a school join?"), ("lead-b", "VAT too?")):
        assert "We have your question" in post(player, f"{PUBLIC}/questions/", ASKED, text=text)
    assert "Exampleshire" not in read("lead-b", f"{PUBLIC}/questions/", ASKED)
    first, second = Question.objects.order_by("asked_at", "text")
    for question, words in ((first, "Does the price include VAT?"), (second, "May a school join?")):
        page = f"{PUBLIC}/questions/{question.pk}/answer/"
        post("manager", page, ASKED, public_text=words, answer="No.", do="keep")
    answers.tell_waiting(ASKED)
    assert mails("questions_answered") == []
    ready = [str(question.pk) for question in (first, second)]
    assert "2 answers are published" in post("manager", f"{PUBLIC}/questions/waiting/", ASKED, ready=ready)
    people = [cast.PLAYERS[player].email for player in ("lead-a", "lead-b")]
    assert mails("questions_answered") == sorted([WATCHER, *people])
    assert "Exampleshire" not in read(None, f"{PUBLIC}/", ASKED)


def submitted_once(tender):
    ours = proposals.complete_proposal(tender)
    proposals.submit(ours)
    return ours


def extended_for_an_incident_in_the_last_hour(tender):
    """A bidder reports it, a manager records it and proposes Monday, the approver confirms in time."""
    said = post(None, "/report-a-problem/", LAST_HOUR, words="The page does not load.", page=f"{PUBLIC}/")
    assert "number" in said
    when = {"began_at_day": "22", "began_at_month": "9", "began_at_year": "2017", "began_at_time": "4:05pm"}
    words = {"what": "The portal was away.", "noticed_by": "A bidder, by telephone"}
    post("manager", f"{STAFF}/incidents/", LAST_HOUR, **when, **words)
    later = {"to_at_day": "25", "to_at_month": "9", "to_at_year": "2017", "to_at_time": "5pm"}
    post("manager", f"{STAFF}/extend/", LAST_HOUR, **later, later="move", reason="It was away.")
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE
    post("approver", f"{STAFF}/extend/1/confirm/", LAST_HOUR)
    tender.refresh_from_db()
    assert tender.proposals_close_at == MONDAY
    told = mails("deadline_extended")
    assert len(told) == len(set(told))
    assert WATCHER in told
    page = read(None, f"{PUBLIC}/", LAST_HOUR)
    assert "<del>5pm on Friday 22 September 2017</del>" in page


def submitted_again_after_the_first_deadline(ours):
    """On the old deadline nothing closes, and a proposal is in time."""
    with clock.held_at(PROPOSALS_CLOSE + timedelta(hours=1)):
        close_tenders()
    proposals.submit(ours, at=PROPOSALS_CLOSE + timedelta(hours=1))
    assert Version.objects.filter(proposal=ours).count() == 2


def closed_at_the_new_one(tender):
    """The clock closes it, and the register holds the receipt that stands, without a name."""
    with clock.held_at(MONDAY):
        close_tenders()
    assert Tender.objects.get().status == Tender.Status.CLOSED
    register = read(None, f"{PUBLIC}/register/", MONDAY + timedelta(minutes=1))
    assert Version.objects.order_by("number").last().receipt_number in register
    assert "Exampleshire" not in register
