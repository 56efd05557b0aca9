"""A contract's whole life: offered, accepted, countersigned, complete, and its tender finished."""

from datetime import timedelta
from decimal import Decimal

import pytest

from deliverables.actions import contract, payment
from deliverables.models import Deliverable, Payment
from odifund.core import audit, canonical, clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import contract as offers
from tenders.models import Contract, OwedDeliverable, Tender
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db


def person(key):
    return cast.person(key, at=stage.SIGNED)


def test_the_terms_say_parties_price_dates_and_payments():
    signed = stage.contract_of(stage.offered())
    for words in (
        "Exampleshire County Council (lead)",
        "Pattern &amp; Post",  # the terms are Markdown: an ampersand in a name is one when they are read
        "£50,000.01",
        "At least two design patterns, artefacts or learning tools: by 5pm on Thursday",
        "Kick-off workshop: on Tuesday 10 October 2017",
        "The proposal with receipt number SF1-",
        "Creative Commons Attribution 4.0",
    ):
        assert words in signed.terms


def test_the_event_of_an_offer_holds_the_digest_of_its_terms():
    signed = stage.contract_of(stage.offered())
    event = Event.objects.get(name="contract.offered", subject_id=str(signed.pk))
    assert event.facts["terms"] == canonical.digest(signed.terms)


def test_only_a_manager_offers():
    tender = stage.awarded()
    with pytest.raises(WrongPerson):
        offers.offer_all(tender, by=person("approver"), at=stage.SIGNED)


def test_an_award_has_one_contract():
    tender = stage.offered()
    award = Contract.objects.filter(tender=tender).first().award
    with pytest.raises(MovedOn):
        offers.offer(award, by=person("manager"), at=stage.SIGNED)
    assert offers.offer_all(tender, by=person("manager"), at=stage.SIGNED) == []


def test_payments_that_do_not_add_up_stop_the_offer():
    tender = stage.awarded()
    OwedDeliverable.objects.filter(tender=tender, kind="report").update(payment_percent=40)
    with pytest.raises(NotReady) as refused:
        stage.offered(tender)
    assert refused.value.sentences == ["The payments of this tender do not add up to 100%."]
    assert not Contract.objects.exists()


def test_the_people_named_for_the_lead_accept_and_nobody_else():
    signed = stage.contract_of(stage.offered())
    for key in ("partner-a", "lead-b", "manager", "finance", "newcomer"):
        with pytest.raises(WrongPerson):
            offers.accept(signed, by=person(key), at=stage.SIGNED)
    offers.accept(signed, by=person("lead-a"), at=stage.SIGNED)
    assert signed.status == Contract.Status.ACCEPTED
    assert OutboxMessage.objects.filter(kind="tenders/contract_accepted", person=person("manager")).exists()


def test_accepting_twice_is_refused_the_second_time():
    signed = stage.contract_of(stage.offered())
    offers.accept(signed, by=person("lead-a"), at=stage.SIGNED)
    with pytest.raises(MovedOn):
        offers.accept(signed, by=person("lead-a"), at=stage.SIGNED)


def test_the_odi_does_not_sign_before_the_lead():
    signed = stage.contract_of(stage.offered())
    with pytest.raises(MovedOn):
        contract.countersign(signed, by=person("manager"), at=stage.SIGNED)
    assert not Deliverable.objects.exists()


def test_countersigning_makes_what_is_owed():
    signed = stage.contract_of(stage.tender_in_delivery())
    owed = list(signed.deliverables.values_list("kind", "due_at", "at_least"))
    assert owed == [
        ("workshop", stage.WORKSHOP, 1),
        ("blog", stage.BLOG, 1),
        ("halfway", stage.HALFWAY, 1),
        ("report", stage.FINAL, 1),
        ("pattern", stage.FINAL, 2),
        ("data", stage.FINAL, 1),
    ]


@pytest.mark.parametrize("price", ["50000.01", "0.01", "53333.33", "1.00"])
def test_payments_add_up_to_the_price_to_the_penny(price):
    tender = stage.offered()
    Contract.objects.update(price=price)
    tender = stage.tender_in_delivery(tender)
    for signed in Contract.objects.filter(tender=tender):
        assert sum(signed.payments.values_list("amount", flat=True)) == Decimal(price)


def test_what_was_due_before_the_signature_is_named_where_one_signs_and_in_the_mail(client):
    signed = stage.contract_of(stage.offered())
    offers.accept(signed, by=signed.proposal.started_by, at=stage.SIGNED)
    client.force_login(person("approver"))
    with clock.held_at(stage.WORKSHOP):
        page = client.get(signed.get_absolute_url()).content.decode()
        assert "These dates passed" in page
        assert "Kick-off workshop: Tuesday 10 October 2017" in page
        contract.countersign(signed, by=person("approver"), at=stage.WORKSHOP)
        assert "These dates passed" not in client.get(signed.get_absolute_url()).content.decode()
    letter = OutboxMessage.objects.filter(kind="deliverables/contract_countersigned").latest("queued_at").body
    assert "Kick-off workshop: on Tuesday 10 October 2017 (before the contract was signed)" in letter
    assert letter.count("(before the contract was signed)") == 1
    assert "No other reminder of it follows" in letter


def test_countersigning_twice_makes_nothing_twice():
    signed = stage.contract_of(stage.tender_in_delivery())
    with pytest.raises(MovedOn):
        contract.countersign(signed, by=person("manager"), at=stage.SIGNED)
    assert signed.deliverables.count() == 6
    assert signed.payments.count() == 2


def test_the_halfway_payment_falls_due_alone_and_the_last_waits_for_everything():
    signed = stage.contract_of(stage.tender_in_delivery())
    stage.accepted(signed, "halfway")
    assert [p.status for p in signed.payments.all()] == [Payment.Status.DUE, Payment.Status.WAITING]
    for kind in ("report", "pattern", "data", "blog"):
        stage.accepted(signed, kind)
    assert signed.payments.last().status == Payment.Status.WAITING
    stage.workshop_held(signed)
    assert signed.payments.last().status == Payment.Status.DUE
    told = OutboxMessage.objects.filter(kind="deliverables/payment_fell_due", person=person("finance"))
    assert told.count() == 2


def test_only_finance_records_a_payment_and_only_once():
    signed = stage.all_accepted(stage.contract_of(stage.tender_in_delivery()))
    first = signed.payments.first()
    facts = {"paid_on": stage.REVIEWED.date(), "bank_reference": "BACS 1", "at": stage.REVIEWED}
    with pytest.raises(WrongPerson):
        payment.pay(first, by=person("manager"), **facts)
    payment.pay(first, by=person("finance"), **facts)
    with pytest.raises(MovedOn):
        payment.pay(first, by=person("finance"), **facts)
    assert (
        OutboxMessage.objects.filter(kind="deliverables/payment_paid", person=person("lead-a")).count() == 1
    )


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (-1, "The date it was paid must be 20 February 2018 or later: this payment fell due on that day"),
        (
            1,
            "The date it was paid must be today or earlier: record a payment once the bank has made it",
        ),
    ],
)
def test_a_payment_is_made_between_the_day_it_fell_due_and_today(days, says):
    signed = stage.contract_of(stage.tender_in_delivery())
    stage.accepted(signed, "halfway")
    first = signed.payments.first()
    facts = {"bank_reference": "BACS 1", "by": person("finance"), "at": stage.REVIEWED}
    with pytest.raises(NotReady) as refused:
        payment.pay(first, paid_on=stage.REVIEWED.date() + timedelta(days=days), **facts)
    assert refused.value.sentences == [says]
    first.refresh_from_db()
    assert (first.status, first.paid_on) == (Payment.Status.DUE, None)
    payment.pay(first, paid_on=stage.REVIEWED.date(), **facts)


def test_a_payment_that_is_not_due_is_not_paid():
    signed = stage.contract_of(stage.tender_in_delivery())
    with pytest.raises(MovedOn):
        payment.pay(
            signed.payments.first(),
            paid_on=stage.SIGNED.date(),
            bank_reference="X",
            by=person("finance"),
            at=stage.SIGNED,
        )


def test_a_contract_is_complete_when_all_is_accepted_and_paid():
    signed = stage.all_accepted(stage.contract_of(stage.tender_in_delivery()))
    with pytest.raises(NotReady) as refused:
        contract.complete(signed, by=person("manager"), at=stage.REVIEWED)
    assert refused.value.sentences == ["Payment 1 is not paid yet.", "Payment 2 is not paid yet."]
    signed.refresh_from_db()
    assert signed.status == Contract.Status.COUNTERSIGNED


def test_the_last_contract_finishes_the_tender():
    tender = stage.tender_in_delivery()
    stage.completed(stage.contract_of(tender))
    tender.refresh_from_db()
    assert tender.status == Tender.Status.DECIDED
    stage.completed(stage.contract_of(tender, "lead-b"))
    tender.refresh_from_db()
    assert tender.status == Tender.Status.FINISHED
    assert tender.finished_at == stage.REVIEWED


def test_everything_on_the_way_left_an_event_with_a_sentence():
    stage.finished_tender()
    said = {audit.sentence(event, event.details.content) for event in Event.objects.select_related("details")}
    assert not [sentence for sentence in said if "—" in sentence]
    names = set(Event.objects.values_list("name", flat=True))
    assert {
        "contract.offered",
        "contract.accepted",
        "contract.countersigned",
        "workshop.announced",
        "workshop.attended",
        "deliverable.delivered",
        "deliverable.accepted",
        "blog_post.published",
        "pattern.published",
        "released_data.recorded",
        "payment.fell_due",
        "payment.paid",
        "contract.completed",
        "tender.finished",
    } <= names
