"""`manage.py extend_deadline`: the same rules, both names, and one line when it is refused."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from odifund.core import clock
from odifund.core.models import OutboxMessage
from tenders.models import Extension
from tenders.queries import extension as queries
from tests import cast
from tests.factories import proposal as made
from tests.factories.extension import proposed_extension, recorded_incident
from tests.factories.tender import PROPOSALS_CLOSE, published_tender

pytestmark = pytest.mark.django_db
BEFORE = PROPOSALS_CLOSE - timedelta(hours=1)
AFTER = PROPOSALS_CLOSE + timedelta(hours=1)
MORGAN, BEATRIX = cast.PLAYERS["manager"].email, cast.PLAYERS["approver"].email


def run(when="2017-09-25T17:00", *more, at=BEFORE, by=(MORGAN, BEATRIX), reference="SF1"):
    cast.whole(at=at)
    names = [f"--proposed-by={by[0]}", f"--confirmed-by={by[1]}", "--reason=The site is down."]
    with clock.held_at(at):
        call_command("extend_deadline", reference, when, *names, *more)


def test_it_extends_with_both_names_and_queues_the_mail(capsys):
    tender = published_tender()
    made.submitted_proposal(tender)
    run("2017-09-25 17:00")
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE + timedelta(days=3)
    done = Extension.objects.get()
    assert (done.prepared_by.email, done.confirmed_by.email, done.from_server) == (MORGAN, BEATRIX, True)
    said = capsys.readouterr().out
    assert "now close at 5pm on Monday 25 September 2017" in said
    assert "Morgan Ellery" in said
    assert "Beatrix Holm" in said
    assert OutboxMessage.objects.filter(kind="tenders/deadline_extended").exists()


@pytest.mark.parametrize(
    ("run_it", "says"),
    [
        (lambda: run(reference="SF9"), "no published tender SF9"),
        (lambda: run("tomorrow"), "is no moment"),
        (lambda: run("2018-03-25T01:30"), "does not exist"),
        (lambda: run("2017-10-29T01:30"), "happens twice"),
        (lambda: run("2017-09-22T17:00"), "later moment than the deadline as it is"),
        (lambda: run("2017-09-29T17:00"), "Move the later dates too"),
        (lambda: run(by=("nobody@fund.example.org", BEATRIX)), "Nobody here has the address"),
        (lambda: run(by=(BEATRIX, MORGAN)), "Only a manager"),
        (lambda: run(by=(MORGAN, MORGAN)), "another person has to confirm it"),
        (lambda: run(by=(MORGAN, cast.PLAYERS["observer"].email)), "Only managers and approvers"),
        (lambda: run(at=AFTER), "only be extended for an incident"),
        (lambda: run("2017-09-25T17:00", "--incident=7", at=AFTER), "no incident 7"),
    ],
)
def test_what_stands_in_the_way_is_said_in_one_line_and_nothing_is_changed(run_it, says):
    tender = published_tender()
    with pytest.raises(CommandError) as refused:
        run_it()
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE
    assert not Extension.objects.exists()


def test_later_dates_move_when_asked_to():
    tender = published_tender()
    run("2017-09-29T17:00", "--move-later-dates")
    tender.refresh_from_db()
    assert tender.decision_on > PROPOSALS_CLOSE.date() + timedelta(days=7)


def test_after_the_deadline_it_takes_the_incident():
    tender = made.closed_tender()
    incident = recorded_incident(tender, at=AFTER)
    run("2017-09-25T17:00", f"--incident={incident.number}", at=AFTER)
    tender.refresh_from_db()
    assert tender.status == "published"


def test_a_weekend_and_a_bank_holiday_are_said_as_the_page_says_them_and_stop_nothing(capsys):
    tender = published_tender()
    run("2017-12-25T17:00", "--move-later-dates")
    *warned, last = capsys.readouterr().out.splitlines()
    holiday = "a bank holiday, Christmas Day in all of the UK"
    assert f"Look again: Monday 25 December 2017 is {holiday}: Proposals close" in warned
    assert "now close at 5pm on Monday 25 December 2017" in last
    tender.refresh_from_db()
    assert tender.proposals_close_at == PROPOSALS_CLOSE + timedelta(days=94, hours=1)  # by then it is winter


def test_years_whose_bank_holidays_are_not_known_are_said(capsys):
    published_tender()
    run("2040-09-24T17:00", "--move-later-dates")
    said = capsys.readouterr().out
    assert "Look again: We do not know the bank holidays of 2040 and 2041 yet." in said


def test_nothing_is_said_of_a_working_day_where_nothing_waited(capsys):
    published_tender()
    run()
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_it_says_whose_waiting_extension_it_replaces(capsys):
    tender = published_tender()
    cast.whole(at=BEFORE)
    proposed_extension(tender, at=BEFORE, by_=timedelta(days=4), move_later=False, who="manager")
    run()
    first, last = capsys.readouterr().out.splitlines()
    assert first == "This replaces what Morgan Ellery proposed: 5pm on Tuesday 26 September 2017."
    assert "now close at 5pm on Monday 25 September 2017" in last


def test_where_it_is_refused_what_waits_still_waits(capsys):
    tender = published_tender()
    cast.whole(at=BEFORE)
    waits = proposed_extension(tender, at=BEFORE)
    with pytest.raises(CommandError):
        run("2017-09-29T17:00")
    assert queries.waiting(tender)[1] == waits
    assert not capsys.readouterr().out
