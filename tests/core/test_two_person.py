"""The second person confirms exactly what the first proposed."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from odifund.core import people, two_person
from odifund.core.errors import MovedOn, Refused, WrongPerson
from odifund.core.models import Event, TwoPersonMove
from tenders.models import Tender
from tests import cast
from tests.core.ground import AT, TABLE, S, a_tender


@pytest.fixture
def manager(db):
    return cast.person("manager", at=AT)


@pytest.fixture
def approver(db):
    return cast.person("approver", at=AT)


@pytest.fixture
def tender(db):
    return a_tender(status=S.CLOSED)


def take(verb, tender, by):
    with TABLE.take(verb, tender, by=by, at=AT):
        pass


def status(tender):
    return Tender.objects.get(pk=tender.pk).status


def test_two_people_open(tender, manager, approver):
    take("propose_opening", tender, manager)
    assert two_person.waiting("open", tender).proposed_by == manager
    take("open", tender, approver)
    assert status(tender) == S.OPENED
    assert two_person.waiting("open", tender) is None
    move = TwoPersonMove.objects.get()
    assert (move.proposed_by, move.confirmed_by) == (manager, approver)


def test_nothing_is_confirmed_that_nobody_proposed(tender, approver):
    with pytest.raises(MovedOn):
        take("open", tender, approver)
    assert status(tender) == S.CLOSED


def test_the_proposer_cannot_confirm(tender, manager):
    take("propose_opening", tender, manager)
    with pytest.raises(WrongPerson):
        take("open", tender, manager)
    assert status(tender) == S.CLOSED


def test_the_database_too_refuses_one_person_twice(tender, manager):
    take("propose_opening", tender, manager)
    with pytest.raises(IntegrityError), transaction.atomic():
        TwoPersonMove.objects.update(confirmed_by=manager, confirmed_at=AT)


def test_changed_content_has_to_be_proposed_again(tender, manager, approver):
    take("propose_opening", tender, manager)
    Tender.objects.filter(pk=tender.pk).update(title="Another title")
    with pytest.raises(MovedOn, match="changed"):
        take("open", tender, approver)
    assert status(tender) == S.CLOSED


def test_a_new_proposal_of_other_content_replaces_the_one_that_waits(tender, manager, approver):
    take("propose_opening", tender, manager)
    Tender.objects.filter(pk=tender.pk).update(title="Another title")
    take("propose_opening", tender, approver)
    assert two_person.waiting("open", tender).proposed_by == approver
    replaced = TwoPersonMove.objects.get(proposed_by=manager)
    assert (replaced.taken_back_by, replaced.taken_back_at) == (approver, AT)
    take("open", tender, manager)
    assert status(tender) == S.OPENED


def test_the_same_is_not_proposed_twice(tender, manager, approver):
    take("propose_opening", tender, manager)
    with pytest.raises(MovedOn, match="already proposed"):
        take("propose_opening", tender, approver)
    assert TwoPersonMove.objects.count() == 1


def test_what_was_taken_back_cannot_be_confirmed(tender, manager, approver):
    take("propose_opening", tender, manager)
    two_person.take_back("open", tender, by=manager, at=AT)
    assert Event.objects.get(name="move.taken_back").facts == {"verb": "open"}
    with pytest.raises(MovedOn):
        take("open", tender, approver)


def test_taking_back_what_does_not_wait_is_refused(tender, manager):
    with pytest.raises(MovedOn):
        two_person.take_back("open", tender, by=manager, at=AT)


def race(*moves):
    start, results = threading.Barrier(len(moves)), []

    def run(move):
        start.wait()
        try:
            move()
            results.append("done")
        except Refused as refusal:
            results.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(move,)) for move in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_of_two_confirmers_one_confirms_and_the_other_is_told(committed_db):
    tender = a_tender(status=S.CLOSED)
    take("propose_opening", tender, cast.person("manager", at=AT))
    others = [cast.person("approver", at=AT), cast.person("administrator", at=AT)]
    people.give_role(others[1], "manager", by=None, at=AT)
    moves = [lambda by=by: take("open", Tender.objects.get(pk=tender.pk), by) for by in others]
    assert race(*moves) == ["MovedOn", "done"]
    assert Event.objects.filter(name="tender.opened").count() == 1


def test_a_confirmation_and_a_taking_back_never_both_hold(committed_db):
    manager, approver = cast.person("manager", at=AT), cast.person("approver", at=AT)
    for _ in range(5):
        tender = a_tender(status=S.CLOSED)
        take("propose_opening", tender, manager)
        assert race(
            lambda tender=tender: take("open", Tender.objects.get(pk=tender.pk), approver),
            lambda tender=tender: two_person.take_back("open", tender, by=manager, at=AT),
        ) == ["MovedOn", "done"]
        move = TwoPersonMove.objects.get(subject_id=tender.pk)
        assert (move.confirmed_at is None) != (move.taken_back_at is None)
        assert (status(tender) == S.OPENED) == (move.confirmed_at is not None)
