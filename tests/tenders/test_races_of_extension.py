"""Real threads: an extension crossing submits, a second confirmer, and the close."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from odifund.core import people
from odifund.core.errors import MovedOn, TooLate
from odifund.core.models import Event, Person
from tenders.actions import extension, tender
from tenders.models import Extension, Notice, Tender, Version
from tests import cast
from tests.factories.tender import published_tender
from tests.tenders.test_races import at_once, bidders, open_now, submitting

SOON = timedelta(seconds=1.8)


def proposed(of, *, closes_at):
    """A later deadline waits for a second person; the present one is moved to the second."""
    Tender.objects.filter(pk=of.pk).update(proposals_close_at=closes_at)
    of.refresh_from_db()
    first = cast.person("manager", at=closes_at)
    cast.person("approver", at=closes_at)
    to_at = closes_at + timedelta(hours=1)
    at = datetime.now(UTC)
    return extension.propose(of, to_at=to_at, reason="A test.", move_later=True, by=first, at=at)


def confirming(of, number, by):
    by = Person.objects.get(pk=by.pk)
    return extension.extend(Tender.objects.get(pk=of.pk), number=number, by=by, at=datetime.now(UTC))


def test_two_confirmers_extend_once(committed_db):
    of = open_now()
    made = proposed(of, closes_at=datetime.now(UTC) + timedelta(minutes=5))
    edda = Person.objects.make("edda.second@fund.example.org", "Edda Second", joined_at=made.prepared_at)
    people.give_role(edda, "approver", by=None, at=made.prepared_at)
    seconds = [cast.person("approver", at=made.prepared_at), edda]
    results = at_once(lambda by=by: confirming(of, made.number, by) for by in seconds)
    assert Counter(type(result) for result in results) == {Extension: 1, MovedOn: 1}
    assert (Event.objects.filter(name="tender.extended").count(), Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize("early", [0.15, 0.0, -0.1])
def test_a_confirmation_crossing_the_close_wins_or_loses_whole(committed_db, early):
    of = published_tender(at=datetime.now(UTC) - timedelta(days=1))
    closes_at = datetime.now(UTC) + SOON
    made = proposed(of, closes_at=closes_at)
    second = cast.person("approver", at=closes_at)

    def confirms():
        time.sleep(max(0.0, (closes_at - datetime.now(UTC)).total_seconds() - early))
        return confirming(of, made.number, second)

    def closes():
        while datetime.now(UTC) < closes_at + timedelta(seconds=0.5):
            try:
                return tender.close(Tender.objects.get(pk=of.pk))
            except MovedOn:
                time.sleep(0.002)
        return "stayed open"

    confirmed, closed = at_once([confirms, closes])
    of.refresh_from_db()
    if isinstance(confirmed, Extension):
        assert confirmed.confirmed_at < closes_at
        assert (of.status, of.proposals_close_at, closed) == ("published", made.to_at, "stayed open")
    else:
        assert isinstance(confirmed, TooLate)
        assert (of.status, of.proposals_close_at, closed) == ("closed", closes_at, None)
        assert Event.objects.filter(name="tender.extending_refused_late").count() == 1
    assert (early > 0) == isinstance(confirmed, Extension)


def test_submits_crossing_the_confirmation_are_judged_by_one_deadline_or_the_other(committed_db):
    of = open_now()
    proposals = bidders(of, 6)
    closes_at = datetime.now(UTC) + SOON
    made = proposed(of, closes_at=closes_at)
    second = cast.person("approver", at=closes_at)

    def keeps_submitting(proposal):
        late = []
        while datetime.now(UTC) < closes_at + timedelta(seconds=0.4):
            try:
                submitting(proposal)
            except TooLate as refused:
                late.append(refused)
        return late

    def confirms():
        time.sleep(max(0.0, (closes_at - datetime.now(UTC)).total_seconds() - 0.9))
        return confirming(of, made.number, second)

    *late, confirmed = at_once([*(lambda one=one: keeps_submitting(one) for one in proposals), confirms])
    after_the_first = Version.objects.filter(submitted_at__gte=closes_at)
    if isinstance(confirmed, Extension):
        assert late == [[]] * len(proposals)
        assert after_the_first.exists()
    else:  # a machine so slow that the confirmation itself came after the deadline
        assert isinstance(confirmed, TooLate)
        assert not after_the_first.exists()
        assert any(late)


def test_who_was_late_before_an_extension_for_an_incident_is_in_time_after_it(committed_db):
    from tests.factories.extension import recorded_incident

    of = open_now()
    (one,) = bidders(of, 1)
    Tender.objects.filter(pk=of.pk).update(proposals_close_at=datetime.now(UTC) - timedelta(seconds=1))
    of.refresh_from_db()
    with pytest.raises(TooLate):
        submitting(one)
    tender.close(of)
    at = datetime.now(UTC)
    incident = recorded_incident(of, at=at)
    first, second = (cast.person(key, at=at) for key in ("manager", "approver"))
    to_at = at + timedelta(hours=2)
    made = extension.propose(
        of, to_at=to_at, reason="Away.", move_later=True, incident=incident, by=first, at=at
    )
    confirming(of, made.number, second)
    assert isinstance(submitting(one), Version)
