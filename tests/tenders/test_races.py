"""Real threads on a database of their own: one receipt a key, and nothing slips across the deadline."""

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from odifund.core.errors import MovedOn, Refused, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage, Person
from tenders.actions import cost_line, opening, score, section_text, submission, tender
from tenders.actions.section_text import EditedMeanwhile
from tenders.models import LateAttempt, Opening, Proposal, SectionText, Tender, Version
from tenders.queries import contents
from tenders.queries.opening import outcome_of, register_of
from tenders.queries.proposal import standing_versions
from tests import cast
from tests.factories import panel
from tests.factories import proposal as made
from tests.factories.consortium import organisation
from tests.factories.pile import opened_pile
from tests.factories.tender import published_tender


def open_now(*, closes_in: timedelta = timedelta(days=20)) -> Tender:
    """A tender of today, open for real clocks; its deadline is then moved to the second."""
    of = published_tender(at=datetime.now(UTC) - timedelta(days=1))
    deadline = datetime.now(UTC) + closes_in
    Tender.objects.filter(pk=of.pk).update(proposals_close_at=deadline)
    of.refresh_from_db()
    return of


def at_once(works):
    """Run each in a thread of its own, let go together; returns results and exceptions in their order."""
    works = list(works)
    barrier = threading.Barrier(len(works))

    def run(work):
        try:
            barrier.wait()
            return work()
        except Exception as error:  # noqa: BLE001  (looked at by the test)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result() for future in [pool.submit(run, work) for work in works]]


def submitting(proposal, *, key=None):
    """A submit as a request makes it: its own copies, its own moment."""
    seen_at = datetime.now(UTC)
    return submission.submit(
        Proposal.objects.get(pk=proposal.pk),
        key=key or uuid.uuid4(),
        by=Person.objects.get(pk=proposal.started_by_id),
        seen_at=seen_at,
        without=made.without(proposal),
    )


def bidders(of, count):
    """That many leads, each with a proposal ready to submit, all with the same agency."""
    agency = organisation("partner-a")
    return [one_bidder(of, agency, number) for number in range(count)]


def one_bidder(of, agency, number):
    from consortia.actions import consortium as consortia
    from consortia.actions import organisation as organisations
    from tenders.actions import proposal as proposals

    at = made.written_at(of)
    lead = Person.objects.make(f"lead{number}@council.example.org", f"Lead {number}", joined_at=at)
    council = organisations.add(name=f"Council {number}", kind="local_authority", by=lead, at=at)
    formed = consortia.form(name=f"Consortium {number}", lead=council, formed_for=of.pk, by=lead, at=at)
    consortia.join(formed, agency, by=cast.person("partner-a", at=at), at=at)
    begun = proposals.start(of, formed, title=f"Proposal {number}", by=lead, at=at)
    for section in of.sections.all():
        section_text.save(begun, section, text=made.TEXT, base_revision=0, by=lead, at=at)
    cost_line.add(begun, cost_line.Cost(council, "Team", amount=Decimal(1000)), by=lead, at=at)
    made.say_the_rest(begun)
    return begun


def test_many_threads_with_one_key_get_one_receipt(committed_db):
    proposal, key = made.complete_proposal(open_now()), uuid.uuid4()
    results = at_once(lambda: submitting(proposal, key=key) for _ in range(12))
    assert {getattr(result, "receipt_number", result) for result in results} == {
        Version.objects.get().receipt_number
    }
    assert Event.objects.filter(name="proposal.submitted").count() == 1
    assert OutboxMessage.objects.filter(kind="tenders/proposal_submitted").count() == 2


def test_many_threads_with_their_own_keys_get_versions_in_a_row(committed_db):
    proposal = made.complete_proposal(open_now())
    results = at_once(lambda: submitting(proposal) for _ in range(8))
    assert sorted(result.number for result in results) == list(range(1, 9))
    assert len({result.receipt_number for result in results}) == 8
    (standing,) = standing_versions(proposal.tender)
    assert standing.number == 8


def test_rivals_submit_beside_each_other(committed_db):
    of = open_now()
    results = at_once(lambda one=one: submitting(one) for one in bidders(of, 8))
    assert all(isinstance(result, Version) for result in results), results
    assert standing_versions(of).count() == 8


@pytest.mark.parametrize("closers", [1, 3])
def test_submits_crossing_the_close_are_in_time_and_registered_or_late_and_recorded(committed_db, closers):
    of = open_now()
    proposals = bidders(of, 10)
    deadline = datetime.now(UTC) + timedelta(seconds=1.2)
    Tender.objects.filter(pk=of.pk).update(proposals_close_at=deadline)

    def keeps_submitting(proposal):
        took, late = [], 0
        while datetime.now(UTC) < deadline + timedelta(seconds=0.5):
            try:
                took.append(submitting(proposal))
            except TooLate:
                late += 1
            time.sleep(0.01)
        return took, late

    def closes():
        while datetime.now(UTC) < deadline + timedelta(seconds=0.6):
            try:
                return tender.close(Tender.objects.get(pk=of.pk))
            except MovedOn:
                time.sleep(0.005)
        return None

    works = [lambda one=one: keeps_submitting(one) for one in proposals] + [closes] * closers
    results = at_once(works)
    failed = [result for result in results if isinstance(result, Exception)]
    assert failed == []
    submits = [result for result in results if isinstance(result, tuple)]
    took = [version for versions, _ in submits for version in versions]
    late = sum(count for _, count in submits)
    assert took
    assert late
    assert all(version.submitted_at < deadline for version in Version.objects.all())
    assert Version.objects.count() == len(took)
    assert LateAttempt.objects.count() == late
    assert all(attempt.judged_at >= deadline for attempt in LateAttempt.objects.all())
    standing = {version.receipt_number: version.fingerprint for version in standing_versions(of)}
    registered = register_of(of).content["receipts"]
    assert {row["receipt_number"]: row["fingerprint"] for row in registered} == standing
    last = {versions[-1].receipt_number for versions, _ in submits if versions}
    assert set(standing) == last


def test_nothing_appears_after_the_opening(committed_db):
    of = open_now()
    proposals = bidders(of, 6)
    for proposal in proposals[:3]:
        submitting(proposal)
    deadline = datetime.now(UTC) + timedelta(seconds=0.6)
    Tender.objects.filter(pk=of.pk).update(proposals_close_at=deadline)
    first, second = (cast.person(player, at=deadline) for player in ("manager", "approver"))
    opened = {}

    def opens():
        while True:
            try:
                tender.close(Tender.objects.get(pk=of.pk))
                break
            except MovedOn:
                time.sleep(0.005)
        opening.propose_opening(Tender.objects.get(pk=of.pk), by=first, at=datetime.now(UTC))
        opening.open(Tender.objects.get(pk=of.pk), by=second, at=datetime.now(UTC))
        opened["versions"] = set(Version.objects.values_list("pk", flat=True))

    def tries(proposal):
        while "versions" not in opened:
            try:
                submitting(proposal)
            except Refused:
                pass
        with pytest.raises(TooLate):
            submitting(proposal)

    results = at_once([opens, *(lambda one=one: tries(one) for one in proposals[2:])])
    assert results == [None] * 5
    assert set(Version.objects.values_list("pk", flat=True)) == opened["versions"]
    of.refresh_from_db()
    assert outcome_of(of).matching == outcome_of(of).count == standing_versions(of).count()


def test_two_confirmers_open_once(committed_db):
    of = made.closed_tender(open_now(closes_in=timedelta(days=5)))
    made.propose_opening(of)
    seconds = [cast.person("approver", at=of.closed_at), second_approver(of.closed_at)]
    results = at_once(
        lambda by=by: opening.open(Tender.objects.get(pk=of.pk), by=by, at=of.closed_at) for by in seconds
    )
    assert Counter(type(result) for result in results) == {Opening: 1, MovedOn: 1}
    assert Event.objects.filter(name="tender.opened").count() == 1


def test_the_proposer_confirming_beside_the_second_person_is_refused(committed_db):
    of = made.closed_tender(open_now(closes_in=timedelta(days=5)))
    made.propose_opening(of)
    pair = [cast.person(player, at=of.closed_at) for player in ("manager", "approver")]
    first, second = at_once(
        lambda by=by: opening.open(Tender.objects.get(pk=of.pk), by=by, at=of.closed_at) for by in pair
    )
    assert isinstance(second, Opening)
    assert isinstance(first, WrongPerson | MovedOn)


def second_approver(at):
    from odifund.core import people

    made_person = Person.objects.make("edda.second@fund.example.org", "Edda Second", joined_at=at)
    people.give_role(made_person, "approver", by=None, at=at)
    return made_person


def test_an_edit_waits_for_a_submit_that_is_under_way_and_is_not_in_it(committed_db):
    """The submit is held up at its mail, after it has read the draft; the edit must not pass it."""
    of = open_now()
    (proposal,) = bidders(of, 1)
    done, mail_locked, edited = [], threading.Event(), threading.Event()

    def holds_up():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE core_outboxmessage IN SHARE MODE")
            mail_locked.set()
            assert not edited.wait(1.5), "the edit passed the submit"

    def submits():
        mail_locked.wait()
        version = submitting(proposal)
        done.append("submitted")
        return version

    def edits():
        mail_locked.wait()
        time.sleep(0.5)
        cost = cost_line.Cost(proposal.consortium.lead, "Team", amount=Decimal(2000))
        cost_line.edit(proposal.cost_lines.get(), cost, by=proposal.started_by, at=datetime.now(UTC))
        edited.set()

    held, version, _ = results = at_once([holds_up, submits, edits])
    assert not [result for result in results if isinstance(result, Exception)], results
    assert (held, done) == (None, ["submitted"])
    assert contents.of(version).price == Decimal(1000)
    assert proposal.cost_lines.get().amount == Decimal(2000)


def test_two_writers_of_one_section_lose_no_words(committed_db):
    of = open_now()
    (proposal,) = bidders(of, 1)
    section, by = of.sections.first(), proposal.started_by

    def saves(words):
        return section_text.save(
            Proposal.objects.get(pk=proposal.pk),
            section,
            text=words,
            base_revision=1,
            by=by,
            at=datetime.now(UTC),
        )

    results = at_once(lambda words=f"Words {n}": saves(words) for n in range(6))
    assert Counter(type(result) for result in results) == {SectionText: 1, EditedMeanwhile: 5}
    told = {result.yours for result in results if isinstance(result, EditedMeanwhile)}
    saved = {result.text for result in results if isinstance(result, SectionText)}
    assert told | saved == {f"Words {n}" for n in range(6)}


def test_of_two_who_lock_the_last_scores_at_once_one_is_seen_to_be_the_last(committed_db):
    tender = panel.panelled_tender(opened_pile(2))
    first, last = panel.proposals_of(tender)
    left = ((first, "evaluator-3"), (last, "evaluator-1"))
    for proposal in (first, last):
        for key in panel.EVALUATORS:
            panel.score_all(proposal, key, lock=(proposal, key) not in left)
    works = [(one, cast.person(key, at=panel.SCORED)) for one, key in left]
    results = at_once(lambda one=one, who=who: score.lock(one, by=who, at=panel.SCORED) for one, who in works)
    assert results == [None, None]
    assert OutboxMessage.objects.filter(kind="tenders/scores_complete").count() == 1
