"""Reminders of deliverables: 7 days and 1 day before, 1 day and 7 days after; each once a person."""

from datetime import timedelta

import pytest

from deliverables.actions import review
from odifund.core import people, reminders
from odifund.core.models import OutboxMessage
from tenders.models import Contract
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def signed(db):
    """Only its set-up blog is still owed; the rival's contract owes nothing."""
    tender = stage.tender_in_delivery()
    signed = stage.contract_of(tender)
    signed.deliverables.exclude(kind="blog").update(status="accepted")
    stage.contract_of(tender, "lead-b").deliverables.update(status="accepted")
    return signed


def told():
    """What the consortium was told."""
    rows = OutboxMessage.objects.filter(
        kind__in=("deliverables/deliverable_due", "deliverables/deliverable_overdue")
    )
    return sorted((m.kind.partition("/")[2], m.person.name) for m in rows)


BOTH_DUE = [("deliverable_due", "Ines Okafor"), ("deliverable_due", "Priya Nair")]


def test_nobody_is_reminded_before_the_moment(signed):
    assert reminders.sweep(stage.BLOG - 7 * DAY - INSTANT) == 0


@pytest.mark.parametrize("span", [7 * DAY, DAY])
def test_everybody_named_is_reminded_before_it_is_due(signed, span):
    reminders.sweep(stage.BLOG - span)
    assert told() == BOTH_DUE
    assert reminders.sweep(stage.BLOG - span + timedelta(minutes=1)) == 0


def test_four_moments_give_four_mails_each(signed):
    for moment in (-7 * DAY, -DAY, DAY, 7 * DAY):
        reminders.sweep(stage.BLOG + moment)
    assert len(told()) == 8
    assert (
        told()[4:]
        == [("deliverable_overdue", "Ines Okafor")] * 2 + [("deliverable_overdue", "Priya Nair")] * 2
    )


def test_a_sweep_that_slept_over_gives_what_is_still_of_use(signed):
    assert reminders.sweep(stage.BLOG - 5 * DAY) == 2
    assert reminders.sweep(stage.BLOG - timedelta(hours=1)) == 2
    assert reminders.sweep(stage.BLOG) == 0


@pytest.mark.parametrize("status", ["delivered", "accepted"])
def test_what_was_handed_in_reminds_nobody(signed, status):
    signed.deliverables.update(status=status)
    for moment in (-7 * DAY, -DAY, DAY, 7 * DAY):
        assert reminders.sweep(stage.BLOG + moment) == 0


def test_what_was_returned_is_overdue_in_other_words(signed):
    signed.deliverables.filter(kind="blog").update(status="returned", again_at=stage.BLOG)
    reminders.sweep(stage.BLOG + DAY)
    assert len(told()) == 2
    assert all(
        "was returned with comments" in m.body
        for m in OutboxMessage.objects.filter(kind__endswith="e_overdue")
    )


def test_reminders_of_what_was_returned_follow_the_day_it_was_returned_for(signed):
    again = stage.BLOG + 20 * DAY
    signed.deliverables.filter(kind="blog").update(status="returned", again_at=again)
    for moment in (stage.BLOG - DAY, stage.BLOG + DAY, stage.BLOG + 7 * DAY, again - 7 * DAY):
        assert reminders.sweep(moment) == 0
    for given, moment in enumerate((again - DAY, again + DAY, again + 7 * DAY), 1):
        reminders.sweep(moment)
        assert len(told()) == 2 * given
    assert (
        "is due at 4pm on Sunday 5 November 2017"
        in OutboxMessage.objects.filter(kind__endswith="_due").first().body
    )


def test_a_workshop_asks_who_comes_and_is_never_overdue(signed):
    signed.deliverables.filter(kind="blog").update(status="accepted")
    signed.deliverables.filter(kind="workshop").update(status="due")
    assert reminders.sweep(stage.WORKSHOP - DAY) == 2
    bodies = [mail.body for mail in OutboxMessage.objects.filter(kind__endswith="_due")]
    assert all("takes place on " in body and "Say here who comes" in body for body in bodies)
    assert reminders.sweep(stage.WORKSHOP + DAY) == 0


def test_who_is_no_longer_named_is_not_reminded(signed):
    person = cast.person("partner-a", at=stage.SIGNED)
    person.namings.update(ended_at=stage.SIGNED, ended_by=person)
    reminders.sweep(stage.BLOG - DAY)
    assert told() == [("deliverable_due", "Priya Nair")]


def mails(kind):
    return OutboxMessage.objects.filter(kind=f"deliverables/{kind}").order_by("queued_at", "person__name")


def manager(signed):
    return cast.person("manager", at=stage.SIGNED)


def test_the_manager_is_told_once_that_work_is_a_day_overdue(signed):
    manager(signed)
    reminders.sweep(stage.BLOG + DAY - INSTANT)
    assert not mails("work_overdue")
    for moment in (DAY, DAY + INSTANT, 2 * DAY, 7 * DAY):
        reminders.sweep(stage.BLOG + moment)
    (told_once,) = mails("work_overdue")
    assert told_once.person == manager(signed)
    assert "- Set-up blog" in told_once.body
    assert "by 5pm on Monday 16 October 2017" in told_once.body


def test_what_one_contract_owes_at_one_moment_is_one_mail_a_manager(signed):
    manager(signed)
    signed.deliverables.filter(kind__in=("report", "pattern", "data")).update(status="due")
    signed.deliverables.filter(kind="blog").update(status="accepted")
    reminders.sweep(stage.FINAL + DAY)
    (told_once,) = mails("work_overdue")
    assert told_once.body.count("\n- ") == 3


def test_an_unanswered_return_is_overdue_for_the_manager_from_its_own_day(signed):
    manager(signed)
    again = stage.BLOG + 20 * DAY
    signed.deliverables.filter(kind="blog").update(status="returned", again_at=again)
    reminders.sweep(stage.BLOG + DAY)
    assert not mails("work_overdue")
    reminders.sweep(again + DAY)
    assert "returned with comments" in mails("work_overdue").get().body


def test_a_manager_of_the_consortium_itself_is_not_asked_about_it(signed):
    people.give_role(cast.person("lead-a", at=stage.SIGNED), "manager", by=None, at=stage.SIGNED)
    manager(signed)
    reminders.sweep(stage.BLOG + DAY)
    assert [mail.person for mail in mails("work_overdue")] == [manager(signed)]


def test_the_manager_is_told_once_that_a_delivery_waits_for_three_days(signed):
    manager(signed)
    came = stage.BLOG - DAY
    stage.delivered(signed, "blog", at=came)
    for moment in (3 * DAY - INSTANT, 3 * DAY, 4 * DAY, 30 * DAY):
        reminders.sweep(came + moment)
        assert mails("review_waits").count() == (moment >= 3 * DAY)
    assert "nobody has answered yet" in mails("review_waits").get().body


def test_a_delivery_that_was_answered_reminds_no_manager(signed):
    came, by = stage.BLOG - DAY, manager(signed)
    due = stage.delivered(signed, "blog", at=came)
    review.send_back(due, comments="More.", answer_by=(came + 9 * DAY).date(), by=by, at=came)
    reminders.sweep(came + 3 * DAY)
    assert not mails("review_waits")
    stage.delivered(signed, "blog", at=came + 3 * DAY)
    reminders.sweep(came + 6 * DAY)
    assert mails("review_waits").count() == 1


def test_queries_do_not_grow_with_contracts(db, django_assert_max_num_queries):
    stage.tender_in_delivery()
    from deliverables.queries.reminders import due

    assert Contract.objects.count() == 2
    with django_assert_max_num_queries(8):
        assert len(list(due(stage.BLOG - DAY))) > 2
