"""Ending a tender before its decision: by two, with a reason for all; what is sealed stays sealed."""

from datetime import timedelta
from uuid import uuid4

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, TooLate, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders.actions import cancellation, opening, question, submission, watch
from tenders.actions import tender as tenders
from tenders.models import Notice, Tender
from tests import cast
from tests.factories import panel
from tests.factories import proposal as proposals
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting
from tests.printed import words as printed_words
from tests.read import as_read

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=3)
REASON = "The programme that pays for it has ended."
PAGE = "/staff/tenders/SF1/cancel/"


def propose(tender, at=LATER, player="manager", reason=REASON):
    cast.person("approver", at=PUBLISHED)
    return cancellation.propose(tender, reason=reason, by=cast.person(player, at=at), at=at)


def end(tender, at=LATER):
    propose(tender, at)
    with clock.held_at(at):
        cancellation.confirm(tender, by=cast.person("approver", at=at), at=at)
    tender.refresh_from_db()


def read(player, page="/tenders/SF1/", at=LATER):
    with visiting(player, at=at) as client:
        return client.get(page)


def test_it_takes_two_and_the_second_confirms_exactly_the_reason():
    tender = published_tender()
    manager = cast.person("manager", at=LATER)
    propose(tender)
    with pytest.raises(WrongPerson, match="another person"):
        cancellation.confirm(tender, by=manager, at=LATER)
    tender.cancellation.reason = "Another."
    tender.cancellation.save()
    with pytest.raises(MovedOn, match="changed since"):
        cancellation.confirm(tender, by=cast.person("approver", at=LATER), at=LATER)
    assert Tender.objects.get().status == Tender.Status.PUBLISHED


def test_everybody_who_watches_drafts_or_submitted_is_told_once_and_the_page_says_why():
    tender = published_tender()
    ours = proposals.complete_proposal(tender)
    proposals.submit(ours)
    watch.start(tender, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    watch.start(tender, by=cast.person("lead-a", at=PUBLISHED), at=PUBLISHED)
    OutboxMessage.objects.all().delete()
    end(tender)
    told = list(
        OutboxMessage.objects.filter(kind="tenders/notice_published").values_list("address", flat=True)
    )
    assert len(told) == len(set(told))
    assert {cast.PLAYERS[one].email for one in ("lead-a", "newcomer")} <= set(told)
    page = text_of(read(None))
    assert "Withdrawn on" in page
    assert REASON in page
    assert Notice.objects.get().title == "The tender is withdrawn"
    assert "days left" not in page


def test_nothing_is_taken_and_the_clock_neither_closes_nor_opens_it():
    tender = published_tender()
    ours = proposals.complete_proposal(tender)
    proposals.submit(ours)
    end(tender)
    ours.refresh_from_db()
    after = LATER + timedelta(minutes=5)
    with clock.held_at(after), pytest.raises(TooLate) as late:
        submission.submit(ours, by=ours.started_by, seen_at=after, key=uuid4())
    with clock.held_at(after), pytest.raises(TooLate) as unasked:
        question.ask(tender, text="Why?", by=cast.person("lead-b", at=LATER), at=after)
    for refused in (late, unasked):
        assert refused.value.deadline == LATER  # when it was withdrawn, not a deadline still ahead
    page = text_of(read(None, "/tenders/SF1/questions/", after))
    assert "Questions closed at 10am on Sunday 20 August 2017" in page
    with pytest.raises(MovedOn):
        tenders.close(tender)
    with pytest.raises(MovedOn):
        opening.propose_opening(tender, by=cast.person("manager", at=LATER), at=PROPOSALS_CLOSE)


def test_sealed_proposals_stay_sealed_for_good():
    tender = published_tender()
    ours = proposals.complete_proposal(tender, title="Only ours to read")
    proposals.submit(ours)
    end(tender)
    for player in ("manager", "approver", "observer", "administrator", "evaluator-1"):
        for page in ("/tenders/SF1/", "/staff/tenders/SF1/", f"/panel/SF1/{ours.pk}/", "/staff/trail/"):
            assert "Only ours to read" not in text_of(read(player, page))
    page = text_of(read("lead-a", ours.get_absolute_url()))
    assert "The tender was withdrawn" in page
    assert "Closes in" not in page


def test_after_the_close_it_is_cancelled_and_the_register_stays():
    tender = published_tender()
    proposals.submit(proposals.complete_proposal(tender))
    proposals.close(tender)
    at = PROPOSALS_CLOSE + timedelta(hours=1)
    tender.refresh_from_db()
    end(tender, at)
    assert not tender.is_withdrawn
    assert "Cancelled on" in text_of(read(None, at=at))
    assert read(None, "/tenders/SF1/register/", at=at).status_code == 200


def test_between_the_deadline_and_the_clocks_close_it_waits_for_the_register():
    tender = published_tender()
    with pytest.raises(NotReady, match="just closed"):
        propose(tender, at=PROPOSALS_CLOSE)


def test_what_is_decided_or_a_draft_is_not_cancelled():
    draft = draft_tender(reference="SF9")
    with pytest.raises(MovedOn):
        propose(draft)
    decided = panel.decided_tender()
    with pytest.raises(MovedOn):
        propose(decided, at=panel.AGREED + timedelta(days=9))


def test_two_confirmers_end_it_once():
    tender = published_tender()
    end(tender)
    with pytest.raises(MovedOn):
        cancellation.confirm(tender, by=cast.person("approver", at=LATER), at=LATER)
    assert Event.objects.filter(name="tender.cancelled").count() == 1


def test_in_the_browser_one_proposes_and_another_confirms_or_takes_back():
    published_tender()
    with visiting("manager", at=LATER) as client:
        assert "Enter why it ends" in text_of(client.post(PAGE, {"reason": " "}))
        assert "another person has to confirm it" in text_of(
            client.post(PAGE, {"reason": REASON}, follow=True)
        )
    with visiting("approver", at=LATER) as client:
        assert "Confirm that SF1 ends without a decision" in text_of(client.get("/home/"))
        assert "Confirm that it ends" in text_of(client.get("/staff/tenders/SF1/"))
        assert REASON in text_of(client.get(PAGE))
        assert "The tender goes on" in text_of(client.post(f"{PAGE}take-back/", follow=True))
    with visiting("manager", at=LATER) as client:
        client.post(PAGE, {"reason": REASON})
    with visiting("approver", at=LATER) as client:
        assert client.post(f"{PAGE}confirm/").status_code == 409  # what was it that they read?
        assert "has ended" in text_of(client.post(f"{PAGE}confirm/", as_read(client.get(PAGE)), follow=True))
        assert client.post(f"{PAGE}confirm/").status_code == 409


@pytest.mark.parametrize(
    ("player", "status"), [("lead-a", 404), ("evaluator-1", 403), ("finance", 403), ("observer", 403)]
)
def test_nobody_else_ends_it(player, status):
    published_tender()
    assert read(player, PAGE).status_code == status


def test_addresses_of_watchers_are_forgotten_when_it_ended():
    from tenders.actions import address_watch
    from tenders.models import AddressWatch

    tender = published_tender()
    address_watch.ask(tender, address="nobodys@watcher.example.org", at=LATER)
    address_watch.confirm(AddressWatch.objects.get(), at=LATER)
    end(tender)
    address_watch.forget(LATER + timedelta(hours=1))
    assert not AddressWatch.objects.exists()


def test_a_withdrawn_tender_keeps_no_false_date_on_its_page_its_pdf_or_in_a_calendar():
    tender = published_tender()
    end(tender)
    page = read(None)
    assert "Add these dates to your calendar" not in page
    with visiting(None, at=LATER) as client:
        calendar = client.get("/tenders/SF1/timetable.ics").content.decode()
        pdf = b"".join(client.get("/tenders/SF1/itt.pdf").streaming_content)
    assert calendar.count("STATUS:CANCELLED") == calendar.count("BEGIN:VEVENT") - 1  # it was published
    said = printed_words(pdf)
    assert "Withdrawn at 10am on Sunday 20 August 2017" in said
    assert "Proposals closed" not in said
    desk = read("manager", "/staff/tenders/SF1/")
    for gone in ("Extend the deadline", "Withdraw it", "Change the wording"):
        assert gone not in desk
