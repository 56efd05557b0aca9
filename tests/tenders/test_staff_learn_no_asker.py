"""Staff never learn who asked a question: no mail or event names an asker, after the opening no more."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from odifund.core import clock, reminders
from odifund.core.models import OutboxMessage, Person
from tenders.actions import address_watch, notice, question, watch
from tenders.actions import answer as answers
from tenders.models import AddressWatch
from tests import cast
from tests.factories import panel, proposal
from tests.factories.tender import PUBLISHED, QUESTIONS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AT = QUESTIONS_CLOSE - timedelta(days=1, hours=6)
READERS = ("manager", "approver", "observer", "administrator")
ASKERS = ("nosy-parrot", "nosy-owl")
PRIVATE = {2, 3, 4}
PAGE_LINK = re.compile(r'[?&]page=(\d+)"')


def ask(tender):
    """All that becomes of a question, of one asker; another was reminded, and watched no more."""
    (asker, owl), manager = (_person(key) for key in ASKERS), cast.person("manager", at=AT)
    with clock.held_at(AT):
        asked, ready, offered, agreed, alone, same, declined, withdrawn = (
            question.ask(tender, text=f"May we, {number}?", by=asker, at=AT, is_private=number in PRIVATE)
            for number in range(8)
        )
        last = question.ask(tender, text="May owls lead?", by=owl, at=AT)
        reminders.sweep(AT)
        watch.stop(tender, by=owl, at=AT)
    answers.answer(asked, public_text="May they?", answer="Yes.", by=manager, at=AT)
    answers.prepare(ready, public_text="May some?", answer="Yes.", by=manager, at=AT)
    for each in (offered, agreed):
        answers.offer_wording(each, public_text="May any?", by=manager, at=AT)
    question.agree(agreed, by=asker, at=AT)
    answers.answer_alone(alone, answer="Yes.", by=manager, at=AT)
    answers.merge(same, asked, by=manager, at=AT)
    answers.decline(declined, reason="No.", by=manager, at=AT)
    question.withdraw(withdrawn, by=asker, at=AT)
    notice.publish(tender, title="Step-free access", text="There is.", by=manager, at=AT)
    answers.answer(last, public_text="May birds?", answer="No.", by=manager, at=AT + timedelta(days=1))
    answers.tell_waiting(AT + timedelta(days=2))


def _person(key):
    return Person.objects.make(f"{key}@example.org", key, joined_at=PUBLISHED)


def at_stage(stage):
    """The tender at this stage, and when that is."""
    tender = published_tender()
    ask(tender)
    for lead in ("lead-a", "lead-b"):
        proposal.submit(proposal.complete_proposal(tender, lead=lead))
    proposal.close(tender)
    if stage == "closed":
        return proposal.written_at(tender) + timedelta(days=30)
    proposal.open_proposals(tender)
    if stage == "opened":
        return panel.OPENED + timedelta(hours=1)
    panel.decided_tender(tender)
    return panel.DECIDED + timedelta(hours=1)


def read(client, path):
    """What all pages of a list say, without what was typed into its filter."""
    told, page, last = "", 1, 1
    while page <= last:
        told += (text := text_of(client.get(f"{path}{'&' if '?' in path else '?'}page={page}")))
        last = max([last, *map(int, PAGE_LINK.findall(text.replace("&amp;", "&")))])
        page += 1
    typed = path.partition("person=")[2]
    return told.replace(quote(typed), "").replace(typed, "") if typed else told


def paths():
    yield from ("/staff/trail/", "/staff/trail/?tender=SF1", "/staff/outbox/")
    yield from (f"/staff/outbox/?state={state}" for state in OutboxMessage.State.values)
    yield from (f"/staff/trail/?person={key}@example.org" for key in ASKERS)


@pytest.mark.parametrize("stage", ["closed", "opened", "decided"])
def test_no_list_of_events_or_mails_names_who_asked(stage):
    at = at_stage(stage)
    told = {reader: as_read_by(reader, at) for reader in READERS}
    lists = {reader: {path.partition("?")[0] for path in of} for reader, of in told.items()}
    assert lists["manager"] == {"/staff/trail/", "/staff/outbox/"}
    assert lists["observer"] == {"/staff/trail/"}
    named = [(*where, key) for *where, text in _each(told) for key in ASKERS if key in text]
    assert named == []


def as_read_by(reader, at):
    with visiting(reader, at=at) as client:
        return {path: read(client, path) for path in paths() if client.get(path).status_code == 200}


def _each(told):
    return [(reader, path, text) for reader, of in told.items() for path, text in of.items()]


def sent_to(key):
    return set(OutboxMessage.objects.filter(address=f"{key}@example.org").values_list("kind", flat=True))


def test_what_is_not_about_asking_is_shown_after_the_opening():
    """The search can find something: else the test above could not fail."""
    at = at_stage("opened")
    assert {kind for kind in sent_to(ASKERS[0]) if "/question_" in kind} == {
        "tenders/question_answered_alone",
        "tenders/question_declined",
        "tenders/question_taken_together",
        "tenders/question_wording_offered",
    }
    assert sent_to(ASKERS[1]) == {
        "tenders/questions_close",
        "tenders/questions_answered",
        "tenders/notice_published",
    }
    with visiting("manager", at=at) as client:
        mails, events = read(client, "/staff/outbox/"), read(client, "/staff/trail/?tender=SF1")
    assert "Question declined" in mails
    assert cast.PLAYERS["lead-a"].email in mails
    assert "declined to answer a question" in events
    assert "Somebody stopped watching the tender." in events


def test_leaving_a_list_forgets_no_mail_to_an_account():
    tender, nia = published_tender(), cast.person("newcomer", at=PUBLISHED)
    with clock.held_at(PUBLISHED):
        address_watch.ask(tender, address=nia.email, at=PUBLISHED)
        asked = question.ask(tender, text="Ours?", by=nia, at=PUBLISHED)
        answers.decline(asked, reason="No.", by=cast.person("manager", at=PUBLISHED), at=PUBLISHED)
        address_watch.forget(PUBLISHED + timedelta(days=400))
    assert not AddressWatch.objects.exists()
    assert OutboxMessage.objects.get(address=nia.email).kind == "tenders/question_declined"
