"""Publishing by two people: complete, proposed by one, confirmed by another, exactly as it was read."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from odifund.core import canonical, people, two_person
from odifund.core.errors import MovedOn, NotReady, Refused, WrongPerson
from odifund.core.models import Event, OutboxMessage, TwoPersonMove
from tenders.actions import criterion as criteria
from tenders.actions import document
from tenders.actions import owed as deliverables
from tenders.actions import section as sections
from tenders.actions import tender as tenders
from tenders.lifecycle import TENDER
from tenders.models import Section, Tender
from tenders.queries import writing
from tenders.queries.tender import content
from tests import cast
from tests.factories.tender import PUBLISHED, draft_tender, programme, proposed_tender, published_tender

LATER = PUBLISHED + timedelta(minutes=5)


def person(key):
    return cast.person(key, at=PUBLISHED)


def edit(tender, part, **values):
    tenders.edit(tender, part, values, by=person("manager"), at=PUBLISHED)


def missing(tender, at=PUBLISHED):
    return TENDER.missing("propose_publishing", tender, at)


@pytest.mark.django_db
def test_one_proposes_and_another_confirms():
    tender = proposed_tender()
    assert (tender.status, tender.is_published) == ("draft", False)
    tenders.publish(tender, by=person("approver"), at=LATER)
    tender.refresh_from_db()
    assert (tender.status, tender.published_at) == ("published", LATER)
    names = list(Event.objects.filter(name__startswith="tender.p").values_list("name", "actor"))
    assert names == [
        ("tender.publishing_proposed", person("manager").pk),
        ("tender.published", person("approver").pk),
    ]


@pytest.mark.django_db
def test_whoever_could_confirm_is_told_and_the_others_hear_that_it_is_public():
    published_tender()
    mails = OutboxMessage.objects.values_list("kind", "address")
    assert ("tenders/publishing_proposed", person("approver").email) in mails
    assert ("tenders/tender_published", person("manager").email) in mails
    assert len(mails) == 2
    body = OutboxMessage.objects.get(kind="tenders/publishing_proposed").body
    assert "/staff/tenders/SF1/publish/" in body


@pytest.mark.django_db
def test_the_proposer_cannot_confirm_though_they_may_do_both():
    tender = proposed_tender()
    people.give_role(person("manager"), "approver", by=None, at=PUBLISHED)
    with pytest.raises(WrongPerson, match="another person"):
        tenders.publish(tender, by=person("manager"), at=LATER)
    tender.refresh_from_db()
    assert tender.status == "draft"


@pytest.mark.django_db
@pytest.mark.parametrize("player", ["administrator", "evaluator-1", "observer", "finance", "lead-a"])
def test_nobody_without_the_role_confirms(player):
    tender = proposed_tender()
    with pytest.raises(WrongPerson):
        tenders.publish(tender, by=person(player), at=LATER)


@pytest.mark.django_db
def test_an_approver_does_not_propose():
    with pytest.raises(WrongPerson):
        tenders.propose_publishing(draft_tender(), by=person("approver"), at=PUBLISHED)


@pytest.mark.django_db
def test_nothing_is_published_that_nobody_proposed():
    tender = draft_tender()
    with pytest.raises(MovedOn, match="One person proposes"):
        person("manager"), tenders.publish(tender, by=person("approver"), at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda t, who: tenders.edit(t, "money", {"pot": Decimal("160000.01")}, **who),
        lambda t, who: tenders.edit(t, "about", {"purpose": t.purpose + "."}, **who),
        lambda t, who: criteria.edit(t.criteria.first(), criteria.Judged(title="Need", weight=25), **who),
        lambda t, who: criteria.move_up(t.criteria.last(), **who),
        lambda t, who: criteria.set_scale(t, {5: ("Best", "Nothing better")}, **who),
        lambda t, who: sections.remove(t.sections.last(), **who),
        lambda t, who: deliverables.edit(
            t.owed.get(kind="blog"), title="Blog", due_at=t.owed.get(kind="blog").due_at, **who
        ),
    ],
)
def test_confirming_refuses_what_was_changed_since_it_was_proposed(change):
    tender = proposed_tender()
    change(tender, {"by": person("manager"), "at": LATER})
    with pytest.raises(MovedOn, match="proposed again"):
        tenders.publish(tender, by=person("approver"), at=LATER)
    tender.refresh_from_db()
    assert tender.status == "draft"


@pytest.mark.django_db
def test_only_what_the_second_person_read_is_published():
    tender = proposed_tender()
    read = tenders.digest(tender)
    edit(tender, "money", pot=Decimal(1000000))
    tenders.propose_publishing(tender, by=person("manager"), at=LATER)
    with pytest.raises(MovedOn, match="after you opened this page"):
        tenders.publish(tender, by=person("approver"), at=LATER, read=read)
    tender.refresh_from_db()
    assert (tender.status, two_person.waiting("publish", tender) is None) == ("draft", False)
    tenders.publish(tender, by=person("approver"), at=LATER, read=tenders.digest(tender))


@pytest.mark.django_db
def test_what_was_proposed_is_taken_back():
    tender = proposed_tender()
    with pytest.raises(WrongPerson):
        tenders.take_back_publishing(tender, by=person("observer"), at=LATER)
    tenders.take_back_publishing(tender, by=person("manager"), at=LATER)
    with pytest.raises(MovedOn):
        tenders.publish(tender, by=person("approver"), at=LATER)
    assert Event.objects.filter(name="move.taken_back").count() == 1


@pytest.mark.django_db
def test_publishing_twice_is_refused():
    tender = published_tender()
    with pytest.raises(MovedOn):
        tenders.publish(tender, by=person("approver"), at=LATER)
    with pytest.raises(MovedOn):
        tenders.propose_publishing(tender, by=person("manager"), at=LATER)


@pytest.mark.django_db
def test_an_empty_draft_is_told_everything_that_is_missing():
    tender = tenders.draft(programme(), reference="SF9", title="A round", by=person("manager"), at=PUBLISHED)
    sentences = missing(tender)
    for sentence in (
        "Write the summary.",
        "Write what the money is for.",
        "Enter how much money there is in all.",
        "Set the date proposals close.",
        "Set the date questions close.",
        "Write who may bid.",
        "Add the criteria that proposals are judged by.",
        "Say what each score from 0 to 5 means.",
        "Add a section that proposals have to answer.",
        "Add what each winner has to deliver.",
    ):
        assert sentence in sentences
    assert sum("fewer than two staff" in sentence for sentence in sentences) == 1
    with pytest.raises(NotReady) as refused:
        tenders.propose_publishing(tender, by=person("manager"), at=PUBLISHED)
    assert refused.value.sentences == sentences
    assert not TwoPersonMove.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("weight", "total"), [(24, 99), (26, 101)])
def test_weights_that_do_not_add_to_100_are_said(weight, total):
    tender = proposed_tender()
    criteria.edit(
        tender.criteria.first(),
        criteria.Judged(title="Need", weight=weight),
        by=person("manager"),
        at=PUBLISHED,
    )
    assert missing(tender) == [f"The weights add to {total}. Make them add to 100."]


@pytest.mark.django_db
def test_payments_that_do_not_add_to_100_are_said():
    tender = proposed_tender()
    deliverables.remove(tender.owed.get(kind="report"), by=person("manager"), at=PUBLISHED)
    assert missing(tender) == ["The payments add to 50%. Make them add to 100%."]


@pytest.mark.django_db
def test_dates_out_of_order_and_money_that_does_not_fit_are_said():
    tender = proposed_tender()
    edit(tender, "timetable", answers_due_at=tender.proposals_close_at, starts_on=PUBLISHED.date())
    edit(tender, "money", highest_price=Decimal("160000.01"), awards_least=6)
    assert missing(tender) == [
        "The least number of awards is greater than the greatest.",
        "The highest price of one proposal is more than there is in all.",
        "Proposals have to close after all answers are published.",
        "The programme cannot start before contracts are awarded.",
    ]


@pytest.mark.django_db
def test_a_deliverable_before_the_work_starts_or_without_a_date_is_said():
    tender = proposed_tender()
    who = {"by": person("manager"), "at": PUBLISHED}
    deliverables.edit(tender.owed.get(kind="blog"), title="Set-up blog", due_at=PUBLISHED, **who)
    deliverables.edit(tender.owed.get(kind="workshop"), title="Kick-off", due_at=None, **who)
    assert missing(tender) == [
        "Set the date “Kick-off” is due.",
        "“Set-up blog” is due before the programme starts. Set a later date.",
    ]


@pytest.mark.django_db
def test_a_tender_is_not_published_when_its_questions_would_already_be_closed():
    tender = proposed_tender()
    at = tender.questions_close_at
    assert missing(tender, at - timedelta(microseconds=1)) == []
    assert missing(tender, at) == ["Questions would already be closed. Set a later date."]
    with pytest.raises(NotReady):
        tenders.publish(tender, by=person("approver"), at=at)


@pytest.mark.django_db
def test_one_person_with_both_roles_is_not_two():
    tender = draft_tender()
    people.give_role(person("manager"), "approver", by=None, at=PUBLISHED)
    with pytest.raises(NotReady, match="fewer than two staff"):
        tenders.propose_publishing(tender, by=person("manager"), at=PUBLISHED)


def test_two_who_confirm_at_once_publish_once(committed_db):
    tender = proposed_tender()
    second = person("moderator")
    people.give_role(second, "approver", by=None, at=PUBLISHED)
    ready, outcomes = threading.Barrier(2), []

    def confirm(by):
        ready.wait()
        try:
            tenders.publish(Tender.objects.get(pk=tender.pk), by=by, at=LATER)
            outcomes.append("published")
        except Refused as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=confirm, args=(by,)) for by in (person("approver"), second)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["MovedOn", "published"]
    assert Event.objects.filter(name="tender.published").count() == 1
    assert TwoPersonMove.objects.exclude(confirmed_at=None).count() == 1
    assert OutboxMessage.objects.filter(kind="tenders/tender_published").count() == 2


def test_a_draft_is_the_same_content_however_it_was_read(db):
    """Else the second person would be told that it changed, where only another page had read it."""
    tender, manager = draft_tender(), cast.person("manager", at=PUBLISHED)
    file = SimpleUploadedFile("annex.pdf", b"%PDF-1.4 annex", "application/pdf")
    document.add(
        tender, file, document.Facts("annex", "“Ann”ex A", is_accessible=True), by=manager, at=PUBLISHED
    )
    tender.criteria.filter(code="open-data").update(least_score=3)
    choice = {"kind": "choice", "options": ["Yes, with £", "No"], "criterion": tender.criteria.first()}
    Section.objects.filter(pk=tender.sections.first().pk).update(**choice)
    plainly, whole = Tender.objects.get(), Tender.objects.get()
    writing.read_whole(whole)
    assert len(content(plainly)["documents"]) == 1
    assert canonical.text(content(plainly)) == canonical.text(content(whole))
