"""A later deadline: by two, only later, before the present one passes, and after it only for an incident."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import InternalError
from django.urls import reverse

from odifund.core import audit, clock, two_person
from odifund.core import people as staff
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Event
from tenders.actions import cancellation, extension, opening
from tenders.models import Extension, Notice, Tender
from tenders.queries import extension_page
from tests import cast
from tests.factories import proposal as made
from tests.factories.extension import REASON, THREE_DAYS, extended, proposed_extension, recorded_incident
from tests.factories.tender import PROPOSALS_CLOSE, draft_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
BEFORE = PROPOSALS_CLOSE - timedelta(hours=2)
AFTER = PROPOSALS_CLOSE + timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
PAGE = reverse("tenders:extend", args=["SF1"])


def person(key, at=BEFORE):
    return cast.person(key, at=at)


def confirm(tender, number=1, *, by="approver", at=BEFORE):
    with clock.held_at(at):
        return extension.extend(tender, number=number, by=person(by), at=at)


def events(name):
    return list(Event.objects.filter(name=name))


# By two, and only later


def test_one_proposes_it_and_nothing_moves_before_another_confirms():
    tender = published_tender()
    made.submitted_proposal(tender)
    proposed = proposed_extension(tender, at=BEFORE)
    tender.refresh_from_db()
    assert (tender.proposals_close_at, Notice.objects.count()) == (PROPOSALS_CLOSE, 0)
    assert proposed.proposals_known == 1
    confirm(tender)
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE + THREE_DAYS
    (event,) = events("tender.extended")
    assert event.facts["proposals_known"] == 1
    assert event.facts["incident"] is None
    assert audit.sentence(event, event.details.content).startswith(
        "Beatrix Holm confirmed what Morgan Ellery"
    )


def test_the_proposer_cannot_confirm_it():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE)
    with pytest.raises(WrongPerson):
        confirm(tender, by="manager")


@pytest.mark.parametrize("key", ["approver", "observer", "administrator", "evaluator-1", "lead-a"])
def test_only_who_may_propose_publishing_proposes_it(key):
    tender = published_tender()
    with pytest.raises(WrongPerson):
        proposed_extension(tender, at=BEFORE, who=key)


def test_a_manager_who_bids_in_it_neither_proposes_nor_confirms():
    tender = published_tender()
    bidder = made.draft_proposal(tender).started_by
    staff.give_role(bidder, "manager", by=None, at=BEFORE)
    with pytest.raises(WrongPerson):
        proposed_extension(tender, at=BEFORE, who="lead-a")
    proposed_extension(tender, at=BEFORE)
    with pytest.raises(WrongPerson):
        confirm(tender, by="lead-a")


@pytest.mark.parametrize("by_", [timedelta(0), timedelta(days=-1)])
def test_it_only_moves_later(by_):
    tender = published_tender()
    with pytest.raises(NotReady, match="later moment than the deadline as it is"):
        proposed_extension(tender, at=BEFORE, by_=by_)
    assert not Extension.objects.exists()


def test_another_proposal_replaces_the_one_that_waits_and_the_old_page_cannot_confirm_it():
    tender = published_tender()
    first = proposed_extension(tender, at=BEFORE)
    second = proposed_extension(tender, at=BEFORE, by_=timedelta(days=4))
    with pytest.raises(MovedOn):
        confirm(tender, first.number)
    assert confirm(tender, second.number).to_at == PROPOSALS_CLOSE + timedelta(days=4)


def test_what_was_taken_back_cannot_be_confirmed():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE)
    extension.take_back(tender, by=person("approver"), at=BEFORE)
    with pytest.raises(MovedOn):
        confirm(tender)


def test_a_confirmed_one_does_not_change_any_more():
    done = extended(published_tender(), at=BEFORE)
    with pytest.raises(InternalError), transaction.atomic():
        Extension.objects.filter(pk=done.pk).update(reason="Another")


def test_a_draft_and_an_opened_tender_have_no_deadline_to_extend():
    draft = draft_tender(reference="SF8")
    with pytest.raises(MovedOn):
        proposed_extension(draft, at=BEFORE)
    opened = made.opened_tender()
    with pytest.raises(MovedOn):
        proposed_extension(opened, at=AFTER + timedelta(days=1), by_=timedelta(days=9))


# Before it passes, by the database's clock


def test_a_microsecond_before_the_deadline_it_can_be_confirmed():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE)
    confirm(tender, at=PROPOSALS_CLOSE - MICROSECOND)
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE + THREE_DAYS


def test_on_the_deadline_it_is_too_late_and_the_attempt_is_on_record():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE)
    with pytest.raises(TooLate) as late:
        confirm(tender, at=PROPOSALS_CLOSE)
    assert (late.value.deadline, late.value.judged_at) == (PROPOSALS_CLOSE, PROPOSALS_CLOSE)
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE
    (event,) = events("tender.extending_refused_late")
    assert event.at == PROPOSALS_CLOSE


# After it, only for an incident


def test_after_the_deadline_it_takes_an_incident_on_record():
    tender = made.closed_tender()
    with pytest.raises(NotReady, match="incident"):
        proposed_extension(tender, at=AFTER)


def test_an_incident_of_another_tender_or_one_that_began_later_does_not_do():
    other = published_tender(reference="SF2")
    tender = made.closed_tender()
    elsewhere = recorded_incident(other, at=AFTER)
    later = recorded_incident(tender, at=AFTER, began_at=PROPOSALS_CLOSE)
    for incident in (elsewhere, later):
        with pytest.raises(NotReady):
            proposed_extension(tender, at=AFTER, incident=incident)


def test_with_an_incident_a_closed_tender_is_open_again_and_its_next_register_replaces_the_first():
    tender = made.closed_tender()
    made.propose_opening(tender)
    incident = recorded_incident(tender, at=AFTER)
    extended(tender, at=AFTER, incident=incident)
    tender.refresh_from_db()
    assert (tender.status, tender.closed_at) == (Tender.Status.PUBLISHED, None)
    with pytest.raises(MovedOn), clock.held_at(AFTER):
        opening.open(tender, by=person("approver"), at=AFTER)
    made.submitted_proposal(tender, lead="newcomer", members=("partner-a",), title="Late buses", at=AFTER)
    made.close(tender)
    numbers = list(tender.registers.order_by("number").values_list("content__in_time", flat=True))
    assert numbers == [2, 3]
    assert tender.registers.get(number=2).content["supersedes"] == 1
    with visiting(None, at=tender.closed_at) as browser:
        page = text_of(browser.get(reverse("tenders:register", args=["SF1"])))
        assert "Register 1, replaced by register 2" in page
        first = browser.get(reverse("tenders:numbered_register", args=["SF1", 1])).json()
        newest = browser.get(reverse("tenders:register_json", args=["SF1"])).json()
    assert (first["register"], first["in_time"]) == (1, 2)
    assert (newest["register"], newest["in_time"]) == (2, 3)


def test_an_opening_proposed_before_does_not_survive_the_second_close():
    tender = made.closed_tender()
    made.propose_opening(tender)
    extended(tender, at=AFTER, incident=recorded_incident(tender, at=AFTER))
    made.close(tender)
    later = tender.closed_at + timedelta(hours=1)
    with pytest.raises(MovedOn), clock.held_at(later):
        opening.open(tender, by=person("approver"), at=later)


def test_what_waits_is_void_once_the_proposals_are_opened_or_the_tender_ends():
    opened = made.closed_tender()
    proposed_extension(opened, at=AFTER, incident=recorded_incident(opened, at=AFTER))
    made.open_proposals(opened, at=AFTER)
    ended = published_tender(reference="SF2")
    proposed_extension(ended, at=BEFORE)
    cancellation.propose(ended, reason="No money.", by=person("manager"), at=BEFORE)
    with clock.held_at(BEFORE):
        cancellation.confirm(ended, by=person("approver"), at=BEFORE)
    assert [two_person.waiting("extend", tender) for tender in (opened, ended)] == [None, None]
    assert len(events("move.taken_back")) == 2


def test_in_the_gap_while_the_register_is_public_the_page_says_it_will_be_replaced():
    tender = made.closed_tender()
    extended(tender, at=AFTER, incident=recorded_incident(tender, at=AFTER))
    with visiting(None, at=AFTER) as browser:
        register = text_of(browser.get(reverse("tenders:register", args=["SF1"])))
        page = text_of(browser.get(tender.get_absolute_url()))
    assert "The next register replaces it" in register
    assert "The register of that close" in page
    assert "5pm on Monday 25 September 2017" in page


# The timetable as a whole


def test_later_dates_move_with_it_to_working_days_in_their_order():
    tender = published_tender()
    extended(tender, at=BEFORE)
    tender.refresh_from_db()
    assert tender.decision_on == date(2017, 10, 2)
    assert tender.decision_on <= tender.contracts_on <= tender.starts_on
    assert "proposals_close_at" not in tender.assumptions
    assert all(owed.due_at.date() > tender.starts_on for owed in tender.owed.all())


def test_later_dates_that_would_contradict_it_are_refused_where_they_stay():
    tender = published_tender()
    with pytest.raises(NotReady, match="decision has to come on a day after proposals close"):
        proposed_extension(tender, at=BEFORE, by_=timedelta(days=6), move_later=False)
    extended(tender, at=BEFORE, by_=timedelta(days=5), move_later=False)
    tender.refresh_from_db()
    assert tender.decision_on == date(2017, 9, 28)


def test_within_its_day_nothing_else_moves():
    tender = published_tender()
    done = extended(tender, at=BEFORE, by_=timedelta(hours=3))
    assert done.dates == []


def test_a_weekend_is_pointed_out_to_both_and_stops_nothing():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE, by_=timedelta(days=1), move_later=False)
    proposed = extension_page.page(tender, BEFORE).proposed
    assert [(each.what, each.why) for each in proposed.look.unusual] == [("Proposals close", "a weekend")]
    confirm(tender)


def test_the_close_of_questions_does_not_move():
    tender = published_tender()
    questions = tender.questions_close_at
    extended(tender, at=BEFORE)
    tender.refresh_from_db()
    assert tender.questions_close_at == questions


# Its pages


def typed(day, month, time="5pm", **more):
    when = {"to_at_day": day, "to_at_month": month, "to_at_year": "2017", "to_at_time": time}
    return when | {"later": "move", "reason": REASON} | more


def test_proposed_on_one_page_by_one_and_confirmed_there_by_another():
    published_tender()
    with visiting("manager", at=BEFORE) as browser:
        browser.post(PAGE, typed("25", "9"))
        page = text_of(browser.get(PAGE))
        assert "You proposed it, so you cannot confirm it" in page
        assert "Decision expected" in page
    with visiting("approver", at=BEFORE) as browser:
        home = text_of(browser.get("/home/"))
        assert "Confirm that SF1 closes later" in home
        page = text_of(browser.get(PAGE))
        assert "Confirm the later deadline" in page
        browser.post(reverse("tenders:confirm_extension", args=["SF1", 1]))
        page = text_of(browser.get(PAGE))
    assert "Extended before" in page
    assert "From 5pm on Friday 22 September 2017 to 5pm on Monday 25 September 2017" in page


def test_a_local_time_that_does_not_exist_and_one_that_exists_twice_are_refused_with_what_was_typed():
    published_tender()
    with visiting("manager", at=BEFORE) as browser:
        twice = text_of(browser.post(PAGE, typed("29", "10", "1:30am")))
        never = text_of(browser.post(PAGE, typed("25", "3", "1:30am") | {"to_at_year": "2018"}))
    assert "happens twice" in twice
    assert "does not exist" in never
    assert REASON in never
    assert not Extension.objects.exists()


def test_the_observer_reads_the_page_and_can_do_nothing_on_it():
    tender = published_tender()
    proposed_extension(tender, at=BEFORE)
    with visiting("observer", at=BEFORE) as browser:
        page = text_of(browser.get(PAGE))
        assert REASON in page
        assert "Confirm the later deadline" not in page
        assert browser.post(PAGE, typed("25", "9")).status_code == 403


def test_after_the_deadline_the_page_asks_for_the_incident():
    tender = made.closed_tender()
    with visiting("manager", at=AFTER) as browser:
        assert "Choose the incident" in text_of(browser.post(PAGE, typed("25", "9")))
        recorded_incident(tender, at=AFTER)
        browser.post(PAGE, typed("25", "9", incident="1"))
    assert Extension.objects.get().incident.number == 1
