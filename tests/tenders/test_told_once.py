"""Whom each public change of a tender reaches: everybody it concerns, each once."""

from collections import Counter
from datetime import timedelta

import pytest
import redis
from django.core.files.uploadedfile import SimpleUploadedFile

from odifund.core import clock, postman
from odifund.core.models import OutboxMessage, Person
from tenders.actions import address_watch, cancellation, correction, document, notice, question, watch
from tenders.models import AddressWatch
from tests import cast
from tests.core import smtp
from tests.factories import proposal as made
from tests.factories.extension import extended
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, published_tender

pytestmark = pytest.mark.django_db
EARLY = PUBLISHED + timedelta(days=1)
BEFORE = PROPOSALS_CLOSE - timedelta(hours=2)
READER, WATCHER = "reader@lanes.example.org", "wanda.mossop@lanes.example.org"
OUTSIDE = {cast.PLAYERS[key].email for key in ("lead-a", "partner-a", "lead-b", "newcomer")}
RUNNING = {cast.PLAYERS[key].email for key in ("manager", "approver")}


def by(key):
    return cast.person(key, at=EARLY)


def pdf(name):
    return SimpleUploadedFile(name, b"%PDF-1.4 " + name.encode() + b"\n%%EOF\n")


def noticed(tender):
    notice.publish(tender, title="Webinar moved", text="It is on Monday.", by=by("manager"), at=BEFORE)


def corrected(tender):
    words = {"who_may_bid": "Any public body of the UK."}
    correction.correct(tender, words, why="It was unclear.", by=by("manager"), at=BEFORE)


def with_a_document(tender):
    facts = document.Facts("annex", "Annex A", True)
    return document.add(tender, pdf("annex a.pdf"), facts, by=by("manager"), at=BEFORE)


def with_a_new_version(tender):
    first = with_a_document(tender)
    words = {"is_accessible": True, "note": "The limit is 40 days."}
    document.replace(first, pdf("annex a v2.pdf"), **words, by=by("manager"), at=BEFORE)


def withdrawn(tender):
    cancellation.propose(tender, reason="The money is gone.", by=by("manager"), at=BEFORE)
    cancellation.confirm(tender, by=by("approver"), at=BEFORE)


def one_of_each(tender):
    """Who submitted and watches, who drafted, who does both, who asked and left, who watches, addresses."""
    made.submitted_proposal(tender, lead="lead-a", members=("partner-a",))
    made.draft_proposal(tender, lead="lead-b", members=("partner-a",))
    watcher = Person.objects.make(WATCHER, "Wanda Mossop", joined_at=EARLY)
    with clock.held_at(EARLY):
        question.ask(tender, text="May a parish lead?", by=by("newcomer"), at=EARLY)
        watch.stop(tender, by=by("newcomer"), at=EARLY)
        for person in (watcher, by("lead-a")):
            watch.start(tender, by=person, at=EARLY)
        for address in (READER, WATCHER, cast.PLAYERS["lead-a"].email):
            address_watch.ask(tender, address=address, at=EARLY)
            address_watch.confirm(AddressWatch.objects.get(address=address), at=EARLY)
        address_watch.ask(tender, address="never@confirmed.example.org", at=EARLY)


@pytest.mark.parametrize(
    ("happens", "subject", "also"),
    [
        pytest.param(noticed, "Webinar moved", set(), id="notice"),
        pytest.param(corrected, "Changed wording", set(), id="change"),
        pytest.param(with_a_document, "New document", set(), id="document"),
        pytest.param(with_a_new_version, "Changed document", set(), id="version"),
        pytest.param(withdrawn, "The tender is withdrawn", set(), id="cancellation"),
        pytest.param(lambda of: extended(of, at=BEFORE), "close later", RUNNING, id="extension"),
    ],
)
def test_everybody_it_concerns_is_told_once_though_the_broker_was_emptied(
    settings, broker, happens, subject, also
):
    tender = published_tender()
    one_of_each(tender)
    cast.whole(at=EARLY)
    OutboxMessage.objects.all().delete()
    with smtp.server(settings) as postbox, clock.held_at(BEFORE):
        happens(tender)
        with redis.from_url(broker) as emptied:
            emptied.flushdb()
        postman.sweep()
        postman.sweep()
    told = Counter(address for address, mail in postbox.mails if subject in mail["Subject"])
    assert told == Counter(OUTSIDE | {READER, WATCHER} | also)
