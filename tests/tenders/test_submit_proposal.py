"""Submitting: the receipt, the deadline, the same key, and what happens when it is too late."""

import hashlib
import json
import re
import uuid
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from odifund.core import clock
from odifund.core.devices import LASTS_FROM
from odifund.core.errors import NotReady, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import attachment, cost_line, section_text, submission
from tenders.actions import proposal as proposals
from tenders.models import LateAttempt, Proposal, Version
from tenders.queries import contents, draft
from tenders.queries.proposal import standing_version
from tests import cast
from tests.factories import proposal as made
from tests.factories.tender import published_tender

MICROSECOND = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def submit(proposal, at, *, seen_at=None, key=None, by=None, shown=None, without=None):
    with clock.held_at(at):
        return submission.submit(
            proposal,
            key=key or uuid.uuid4(),
            by=by or proposal.started_by,
            seen_at=seen_at or at,
            shown=shown,
            without=made.without(proposal) if without is None else without,
        )


def test_a_complete_proposal_gets_a_receipt():
    proposal = made.complete_proposal()
    version = made.submit(proposal)
    proposal.refresh_from_db()
    assert proposal.status == Proposal.Status.SUBMITTED
    assert re.fullmatch(rf"{version.tender.reference}-\d{{4}}", version.receipt_number)
    assert version.price == Decimal("45370.50")
    names = [member["name"] for member in version.members]
    assert names == ["Exampleshire County Council", "Pattern & Post"]


def test_the_fingerprint_is_the_sha256_of_what_was_written_down():
    version = made.submit(made.complete_proposal())
    version.refresh_from_db()
    assert version.fingerprint == hashlib.sha256(version.manifest.encode()).hexdigest()
    said = json.loads(version.manifest)
    assert said["format"] == 1
    assert len(bytes.fromhex(said["nonce"])) == 16
    assert said["tender"]["reference"] == version.tender.reference
    assert said["proposal"]["price"] == "45370.50"
    assert (
        said["proposal"]["files"][0]["sha256"] == hashlib.sha256(b"%PDF-1.4 letters of support").hexdigest()
    )
    assert [line["amount"] for line in said["proposal"]["cost_lines"]] == ["4500.00", "40870.50"]
    assert said["proposal"]["cost_lines"][0]["day_rate"] == "450.00"


def test_two_submits_of_the_same_words_have_different_fingerprints():
    proposal = made.complete_proposal()
    first, second = made.submit(proposal), made.submit(proposal)
    assert first.fingerprint != second.fingerprint
    assert (first.number, second.number) == (1, 2)


def test_contents_give_back_what_was_submitted():
    version = made.submit(made.complete_proposal())
    said = contents.of(version)
    assert said.lead.name == "Exampleshire County Council"
    assert said.price == sum(line.amount for line in said.cost_lines)
    assert [text.title for text in said.sections] == [s.title for s in version.tender.sections.all()]
    assert said.files[0].name == "letters of support.pdf"


def test_the_same_key_gives_the_same_receipt():
    proposal, key = made.complete_proposal(), uuid.uuid4()
    first = made.submit(proposal, key=key)
    assert made.submit(proposal, key=key) == first
    assert Version.objects.filter(proposal=proposal).count() == 1
    assert Event.objects.filter(name="proposal.submitted", subject_id=proposal.pk).count() == 1


def test_the_same_key_gives_the_same_receipt_after_the_deadline_too():
    proposal, key = made.complete_proposal(), uuid.uuid4()
    first = made.submit(proposal, key=key)
    assert submit(proposal, proposal.tender.proposals_close_at, key=key) == first
    assert not LateAttempt.objects.exists()


def test_a_microsecond_before_the_deadline_is_in_time():
    proposal = made.complete_proposal()
    moment = proposal.tender.proposals_close_at - MICROSECOND
    assert submit(proposal, moment).submitted_at == moment


def test_on_the_deadline_is_late_though_nothing_has_closed_the_tender():
    proposal = made.complete_proposal()
    deadline = proposal.tender.proposals_close_at
    with pytest.raises(TooLate) as late:
        submit(proposal, deadline)
    proposal.refresh_from_db()
    assert proposal.tender.status == proposal.tender.Status.PUBLISHED
    assert proposal.status == Proposal.Status.DRAFT
    assert not Version.objects.exists()
    assert (late.value.deadline, late.value.judged_at) == (deadline, deadline)


def test_a_late_submit_is_recorded_and_marked_when_it_reached_us_in_time():
    proposal = made.complete_proposal()
    deadline = proposal.tender.proposals_close_at
    for seen_at in (deadline - MICROSECOND, deadline):
        with pytest.raises(TooLate):
            submit(proposal, deadline + timedelta(seconds=1), seen_at=seen_at)
    attempts = LateAttempt.objects.order_by("seen_at")
    assert [attempt.reached_us_in_time for attempt in attempts] == [True, False]
    assert Event.objects.filter(name="proposal.refused_late", subject_id=proposal.pk).count() == 2
    assert all(event.sealed for event in Event.objects.filter(name="proposal.refused_late"))


def test_an_earlier_version_still_stands_after_a_late_submit():
    proposal = made.submitted_proposal()
    standing = standing_version(proposal)
    with pytest.raises(TooLate):
        submit(proposal, proposal.tender.proposals_close_at)
    proposal.refresh_from_db()
    assert standing_version(proposal) == standing


def test_editing_never_unsubmits():
    proposal = made.submitted_proposal()
    standing, at = standing_version(proposal), made.written_at(proposal.tender)
    proposals.rename(proposal, title="Another title", by=proposal.started_by, at=at)
    proposal.refresh_from_db()
    assert standing_version(proposal) == standing
    assert contents.of(standing).title == "Repairs people can see"


def test_the_receipt_says_what_changed_since_it_was_checked():
    proposal = made.complete_proposal()
    shown, at = draft.of(proposal).digests(), made.written_at(proposal.tender)
    section = proposal.tender.sections.first()
    section_text.save(proposal, section, text="Other words", base_revision=1, by=proposal.started_by, at=at)
    version = submit(proposal, at, shown=shown)
    assert version.changed_since_check == [f"“{section.title}”"]
    assert contents.of(version).text_of(section.pk).text == "Other words"


def test_nothing_changed_is_said_when_nothing_did():
    proposal = made.complete_proposal()
    shown = draft.of(proposal).digests()
    assert submit(proposal, made.written_at(proposal.tender), shown=shown).changed_since_check == []


def test_only_the_leads_people_submit():
    proposal = made.complete_proposal()
    at = made.written_at(proposal.tender)
    for player in ("partner-a", "lead-b", "manager", "administrator", "observer"):
        with pytest.raises(WrongPerson):
            submit(proposal, at, by=cast.person(player, at=at))
    assert not Version.objects.exists()


def test_an_incomplete_draft_is_refused_with_every_reason():
    proposal = made.draft_proposal(members=())
    with pytest.raises(NotReady) as refused:
        submit(proposal, made.written_at(proposal.tender))
    said = " ".join(refused.value.sentences)
    assert "It has 1 that accepted, and needs at least 2" in said
    assert "Add the costs" in said
    assert all(
        f"Write “{section.title}”" in said for section in proposal.tender.sections.filter(required=True)
    )
    assert not Version.objects.exists()


def test_a_price_over_the_highest_is_refused_and_the_highest_itself_is_not():
    tender = published_tender()
    over = made.complete_proposal(tender, price=tender.highest_price + Decimal("0.01"))
    with pytest.raises(NotReady) as refused:
        submit(over, made.written_at(tender))
    highest = tender.highest_price
    price = f"The price is £{highest + Decimal('0.01'):,.2f}, and the highest price is £{highest:,.2f}."
    assert refused.value.sentences == [f"Lower the costs by £0.01. {price}"]
    just = made.complete_proposal(tender, price=tender.highest_price, lead="lead-b")
    assert submit(just, made.written_at(tender)).price == tender.highest_price


def test_a_text_over_its_limit_is_kept_whole_and_stops_submitting():
    proposal = made.complete_proposal()
    section, at = proposal.tender.sections.first(), made.written_at(proposal.tender)
    long = " ".join(["word"] * (section.word_limit + 1))
    saved = section_text.save(proposal, section, text=long, base_revision=1, by=proposal.started_by, at=at)
    assert saved.text == long
    with pytest.raises(NotReady) as refused:
        submit(proposal, at)
    assert refused.value.sentences == [
        f"Shorten “{section.title}”. It is 1 word over its limit of {section.word_limit}."
    ]


def test_a_consortium_without_uk_public_sector_is_refused():
    tender = published_tender()
    from tests.factories.consortium import organisation

    organisation("lead-b", kind="service_design")
    proposal = made.complete_proposal(tender, lead="lead-b", members=("partner-a",))
    with pytest.raises(NotReady, match="UK public sector"):
        submit(proposal, made.written_at(tender))


def test_every_named_person_gets_the_number_the_fingerprint_and_the_moment():
    proposal = made.complete_proposal()
    version = made.submit(proposal)
    mails = OutboxMessage.objects.filter(kind="tenders/proposal_submitted")
    assert {mail.address for mail in mails} == {
        cast.PLAYERS["lead-a"].email,
        cast.PLAYERS["partner-a"].email,
    }
    for mail in mails:
        assert version.receipt_number in mail.subject
        assert "Repairs people can see" in mail.subject
        assert version.fingerprint in mail.body
        assert mail.sealed


def test_the_event_is_sealed_and_tells_no_names_in_the_chain():
    version = made.submit(made.complete_proposal())
    event = Event.objects.get(name="proposal.submitted")
    assert event.sealed
    assert event.scope == version.tender_id
    assert set(event.facts) == {"version", "receipt", "fingerprint"}


def test_receipt_numbers_tell_no_count():
    proposal = made.complete_proposal(file=None)
    numbers = [int(made.submit(proposal).receipt_number[-4:]) for _ in range(6)]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    assert len(steps) > 1
    assert max(numbers) > 100


def test_a_taken_receipt_number_is_drawn_again(monkeypatch):
    drawn = iter(["0042", "0042", "0043"])
    first = made.complete_proposal()
    monkeypatch.setattr(submission, "_receipt_number", lambda reference, digits: f"SF1-{next(drawn)}")
    assert [made.submit(first).receipt_number, made.submit(first).receipt_number] == ["SF1-0042", "SF1-0043"]


def test_removed_lines_and_files_are_not_submitted():
    proposal = made.complete_proposal()
    by, at = proposal.started_by, made.written_at(proposal.tender)
    attachment.remove(proposal.attachments.get(), by=by, at=at)
    cost_line.remove(proposal.cost_lines.first(), by=by, at=at)
    said = contents.of(submit(proposal, at))
    assert said.files == []
    assert [str(line.amount) for line in said.cost_lines] == ["40870.50"]


def test_submitting_takes_few_queries_whatever_its_size():
    small = made.complete_proposal()
    by, at = small.started_by, made.written_at(small.tender)
    words = {"without": made.without(small), "by": by}
    with CaptureQueriesContext(connection) as few:
        submit(small, at, **words)
    for number in range(20):
        cost = cost_line.Cost(small.consortium.lead, f"Line {number}", amount=Decimal(1))
        cost_line.add(small, cost, by=by, at=at)
    with CaptureQueriesContext(connection) as many:
        submit(small, at, **words)
    assert len(many) == len(few) <= 20  # the two of the outer savepoint stand for BEGIN and COMMIT


def test_the_whole_request_takes_at_most_23_queries(client):
    proposal = made.complete_proposal()
    client.force_login(proposal.started_by)
    at = made.written_at(proposal.tender)
    session = client.session
    session[LASTS_FROM] = at.timestamp()  # anew once a day, by what is sent first
    session.save()
    with clock.held_at(at), CaptureQueriesContext(connection) as queries:
        words = {"key": uuid.uuid4(), "shown": "{}"}
        answer = client.post(reverse("tenders:submit_proposal", args=[proposal.pk]), words)
    assert answer.url == proposal.versions.get().get_absolute_url()
    assert len(queries) <= 23
