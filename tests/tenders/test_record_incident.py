"""The incident log: who writes it, who reads it, and that an entry stays as it was written."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from odifund.core import availability, clock
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Event, OpenSpan
from tenders.actions import incident
from tenders.models import Incident
from tests import cast
from tests.factories.proposal import draft_proposal
from tests.factories.tender import PROPOSALS_CLOSE, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AT = PROPOSALS_CLOSE - timedelta(hours=1)
LOG = reverse("tenders:incidents", args=["SF1"])
TYPED = {
    "what": "The page of costs did not save.",
    "began_at_day": "22",
    "began_at_month": "9",
    "began_at_year": "2017",
    "began_at_time": "3:10pm",
    "noticed_by": "Morgan Ellery",
}


def person(key):
    return cast.person(key, at=AT)


def record(tender, *, by="manager", **changes):
    values = {
        "what": "The page of costs did not save.",
        "began_at": AT - timedelta(minutes=50),
        "ended_at": None,
        "noticed_by": "A bidder, by telephone",
    }
    return incident.record(tender, **(values | changes), by=person(by), at=AT)


def test_entries_are_numbered_and_stand_in_the_trail():
    tender = published_tender()
    first = record(tender)
    second = record(tender, ended_at=AT, corrects=first, by="approver")
    assert [first.number, second.number] == [1, 2]
    event = Event.objects.filter(name="incident.recorded").latest("id")
    assert (event.facts["number"], event.actor) == (2, person("approver").pk)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"what": " "}, "Say what happened"),
        ({"began_at": AT + timedelta(seconds=1)}, "later than now"),
        ({"ended_at": AT - timedelta(hours=2)}, "before it began"),
        ({"ended_at": AT + timedelta(hours=2)}, "while it goes on"),
    ],
)
def test_what_cannot_be_is_refused(changes, says):
    tender = published_tender()
    with pytest.raises(NotReady) as refused:
        record(tender, **changes)
    assert says in refused.value.message
    assert not Incident.objects.exists()


@pytest.mark.parametrize("key", ["observer", "administrator", "evaluator-1", "lead-a"])
def test_others_do_not_write_it(key):
    with pytest.raises(WrongPerson):
        record(published_tender(), by=key)


def test_a_manager_who_bids_in_the_tender_neither_writes_nor_reads_it():
    from odifund.core import people

    made = draft_proposal()
    people.give_role(made.started_by, "manager", by=None, at=AT)
    with pytest.raises(WrongPerson):
        record(made.tender, by="lead-a")
    with visiting("lead-a", at=AT) as browser:
        assert browser.get(LOG).status_code == 404


def test_an_entry_cannot_be_changed():
    made = record(published_tender())
    with pytest.raises(ProgrammingError), transaction.atomic():
        Incident.objects.filter(pk=made.pk).update(what="Nothing")


def test_it_is_recorded_on_its_page_and_read_by_the_observer():
    published_tender()
    with visiting("manager", at=AT) as browser:
        browser.post(LOG, TYPED)
        page = text_of(browser.get(LOG))
    assert "It went on when this was recorded" in page
    assert "Corrects or continues" in page
    with visiting("observer", at=AT) as browser:
        page = text_of(browser.get(LOG))
        assert "The page of costs did not save." in page
        assert "Record it" not in page
        assert browser.post(LOG, TYPED).status_code == 403
    assert Incident.objects.count() == 1


def test_the_log_says_when_the_portal_was_away_since_publication_or_that_it_was_not():
    published_tender()
    with visiting("manager", at=AT) as browser:
        assert "When the portal was away" not in text_of(browser.get(LOG))
        for minutes in (-60, -59.5):
            with clock.held_at(AT + timedelta(minutes=minutes)):
                availability.note()
        assert "until now: 59 minutes" in text_of(browser.get(LOG))
        OpenSpan.objects.update(last_at=AT)
        assert "not once since" in text_of(browser.get(LOG))
