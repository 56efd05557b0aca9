"""“Something else”: a deliverable that a tender may owe more than once, from its draft to the payment."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from deliverables.actions import deliverable, payment, review
from deliverables.models import Deliverable, Payment
from odifund.core import clock, reminders
from odifund.core.errors import NotReady
from odifund.core.models import OutboxMessage
from tenders.actions import copying, owed, postponement
from tenders.actions import tender as tenders
from tenders.models import OwedDeliverable, Tender
from tenders.queries import calendar, contents, contract, writing
from tests import cast
from tests.factories import delivery as stage
from tests.factories.panel import decided_tender
from tests.factories.proposal import close, complete_proposal, open_proposals, submit, submitted_proposal
from tests.factories.tender import PUBLISHED, draft_tender
from tests.factories.visit import text_of

pytestmark = pytest.mark.django_db
INTERIM = datetime(2017, 11, 13, 17, tzinfo=UTC)
SESSION = datetime(2017, 12, 4, 17, tzinfo=UTC)
DAY = timedelta(days=1)


def person(key, at=PUBLISHED):
    return cast.person(key, at=at)


def typed(title, due_at, percent):
    words = {"kind": "other", "title": title, "guidance": f"{title}: what you found.", "at_least": 1}
    day = {"due_at_day": due_at.day, "due_at_month": due_at.month, "due_at_year": due_at.year}
    return {**words, **day, "due_at_time": "5pm", "payment_percent": percent}


def draft(**changes):
    """A draft in which half of the price is paid for two things that the portal has no kind for."""
    tender = draft_tender(awards_least=1, **changes)
    halfway = tender.owed.get(kind="halfway")
    owed.remove(halfway, by=person("manager"), at=PUBLISHED)
    for title, due_at, percent in (("Interim report", INTERIM, 30), ("User research", SESSION, 20)):
        more = {"title": title, "guidance": f"{title}: what you found.", "payment_percent": percent}
        owed.add(tender, kind="other", due_at=due_at, **more, by=person("manager"), at=PUBLISHED)
    return Tender.objects.get(pk=tender.pk)


def published(**changes):
    tender = draft(**changes)
    person("approver")
    tenders.propose_publishing(tender, by=person("manager"), at=PUBLISHED)
    tenders.publish(tender, by=person("approver"), at=PUBLISHED)
    return tender


def signed_by_both(tender):
    person("finance")
    submitted_proposal(tender, price=stage.PRICE)
    tender = decided_tender(open_proposals(close(tender)))
    return stage.contract_of(stage.tender_in_delivery(tender))


def page(client, player, address, at, data=None, **more):
    client.force_login(person(player))
    with clock.held_at(at):
        sent = client.get(address) if data is None else client.post(address, data, **more)
    return text_of(sent)


def test_a_tender_that_owes_two_of_them_goes_the_whole_way(client):
    tender = draft_tender(awards_least=1)
    owed.remove(tender.owed.get(kind="halfway"), by=person("manager"), at=PUBLISHED)
    add = reverse("tenders:add_owed", args=["SF1"])
    page(client, "manager", add, PUBLISHED, typed("Interim report", INTERIM, 30))
    words = page(client, "manager", add, PUBLISHED, typed("User research", SESSION, 20), follow=True)
    assert "Interim report" in words
    assert "100%" in words
    tender.refresh_from_db()
    person("approver")
    tenders.propose_publishing(tender, by=person("manager"), at=PUBLISHED)
    tenders.publish(tender, by=person("approver"), at=PUBLISHED)
    public = page(client, "lead-a", tender.get_absolute_url(), PUBLISHED)
    for said in ("Interim report: what you found.", "User research: what you found.", "30%", "20%"):
        assert said in public

    signed = signed_by_both(tender)
    assert "It does not publish what is delivered as “Interim report” or “User research”." in signed.terms
    first, second = signed.deliverables.filter(kind="other")
    for due, more in ((first, {"text": "What we found."}), (second, {"file": stage.a_file()})):
        deliver = reverse("deliverables:deliver", args=[due.pk])
        assert "Only the ODI and your consortium read this." in page(client, "lead-a", deliver, INTERIM)
        page(client, "lead-a", deliver, INTERIM, more)
    paid = list(signed.payments.all())
    assert [each.amount for each in paid] == [Decimal("15000.00"), Decimal("10000.00"), Decimal("25000.01")]

    asks = {"comments": "Say how many people.", "answer_by": INTERIM.date() + 7 * DAY}
    review.send_back(first, **asks, **manager(INTERIM))
    assert "Say how many people." in page(client, "lead-a", first.get_absolute_url(), INTERIM + DAY)
    deliverable.deliver(first, text="Eleven people.", by=person("lead-a"), at=INTERIM + DAY)
    review.accept(first, **manager(INTERIM + 2 * DAY))
    assert [each.status for each in signed.payments.all()] == ["due", "waiting", "waiting"]
    review.accept(second, **manager(INTERIM + 2 * DAY))
    assert [each.status for each in signed.payments.all()] == ["due", "due", "waiting"]
    for kind in ("report", "pattern", "data", "blog", "workshop"):
        stage.accepted(signed, kind)
    assert {each.status for each in signed.payments.all()} == {Payment.Status.DUE}
    for number, each in enumerate(signed.payments.all(), 1):
        facts = {"paid_on": stage.REVIEWED.date(), "bank_reference": f"BACS {number}", "at": stage.REVIEWED}
        payment.pay(each, by=person("finance"), **facts)
    assert {each.status for each in signed.payments.all()} == {Payment.Status.PAID}
    reports = page(client, "newcomer", reverse("deliverables:reports"), stage.REVIEWED)
    assert "Interim report" not in reports
    assert "User research" not in reports


def manager(at):
    return {"by": person("manager"), "at": at}


def test_the_other_kinds_stand_once_and_this_one_is_always_left():
    tender = draft()
    left = [kind for kind, _ in writing.kinds_left(tender)]
    assert left == ["halfway", "other"]
    with pytest.raises(NotReady):
        owed.add(tender, kind="report", title="Twice", due_at=None, **manager(PUBLISHED))
    for kind, is_refused in (("report", True), ("other", False)):
        row = OwedDeliverable(tender=tender, order=9, kind=kind, title="Past the action")
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            assert is_refused
        else:
            assert not is_refused


def test_its_dates_are_told_apart_wherever_dates_have_names():
    tender = published()
    file = calendar.calendar_of(tender)
    names = [line for line in file.splitlines() if line.startswith("UID:")]
    assert len(set(names)) == len(names) == 14
    second = tender.owed.get(title="User research")
    later = {f"owed.{second.pk}": SESSION + 7 * DAY}
    with clock.held_at(PUBLISHED + DAY):
        postponement.postpone(tender, later, why="The hall is taken.", **manager(PUBLISHED + DAY))
    assert [each.due_at for each in tender.owed.filter(kind="other")] == [INTERIM, SESSION + 7 * DAY]
    made = {"reference": "SF9", "title": "Again", "publish_on": PUBLISHED.date() + 364 * DAY}
    copy = copying.draft_copy(tender.programme, tender, **made, **manager(PUBLISHED + DAY))
    assert [each.due_at - 364 * DAY for each in copy.owed.filter(kind="other")] == [
        INTERIM,
        SESSION + 7 * DAY,
    ]


def test_a_bidders_plan_divides_the_price_over_each_of_them(client):
    tender = published(bidders_plan_payments=True)
    proposal = complete_proposal(tender, price=Decimal(1000) + Decimal(4500))
    first, second = tender.owed.filter(kind="other")
    plan = {f"percent_{first.pk}": "10", f"percent_{second.pk}": "30", "percent_report": "60"}
    address = reverse("tenders:payments", args=[proposal.pk])
    short = {**plan, "vat": "none", "percent_report": "50"}
    assert "add up to 90%" in page(client, "lead-a", address, PUBLISHED + DAY, short)
    page(client, "lead-a", address, PUBLISHED + DAY, {**plan, "vat": "none"})
    proposal.refresh_from_db()
    assert proposal.payments == {str(first.pk): 10, str(second.pk): 30, "report": 60}
    version = submit(proposal)
    said = contents.of(version)
    assert said.payments_in_words == [
        "60% with the report",
        "10% with “Interim report”",
        "30% with “User research”",
    ]
    paid = contract.instalments(tender, Decimal(1000), contract.plan_of(version))
    assert {str(each.owed): each.amount for each in paid} == {
        "Interim report": 100,
        "User research": 300,
        "Report": 600,
    }


def test_reminders_come_before_and_after_as_for_a_report():
    signed = signed_by_both(published())
    signed.deliverables.exclude(kind="other").update(status=Deliverable.Status.ACCEPTED)
    for moment in (INTERIM - DAY, INTERIM + DAY):
        reminders.sweep(moment)
    mails = OutboxMessage.objects.filter(person=person("lead-a"), kind__startswith="deliverables/deliverable")
    assert sorted(mails.values_list("kind", flat=True)) == [
        "deliverables/deliverable_due",
        "deliverables/deliverable_overdue",
    ]
    assert all("Interim report" in each.body for each in mails)
