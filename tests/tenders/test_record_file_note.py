"""A note on file: both times, who keeps and reads it, and that it stays as it was written."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Event
from tenders.actions import file_note
from tenders.models import FileNote
from tests import cast
from tests.factories.tender import PROPOSALS_CLOSE, PUBLISHED, draft_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
AT = PROPOSALS_CLOSE - timedelta(hours=1)
FILE = reverse("tenders:file_notes", args=["SF1"])
SAID = "Asked whether the portal is slow. Told to submit early."
TYPED = {
    "kind": "call",
    "happened_at_day": "22",
    "happened_at_month": "9",
    "happened_at_year": "2017",
    "happened_at_time": "3:10pm",
    "with_whom": "A caller who gave no name",
    "what": SAID,
}


def record(tender, *, by="manager", **changes):
    values = {
        "kind": "call",
        "happened_at": AT - timedelta(minutes=50),
        "with_whom": "A caller who gave no name",
        "what": SAID,
    }
    return file_note.record(tender, **(values | changes), by=cast.person(by, at=AT), at=AT)


def test_it_keeps_when_it_happened_beside_when_it_was_noted():
    note = record(published_tender())
    assert (note.number, note.recorded_at - note.happened_at) == (1, timedelta(minutes=50))
    event = Event.objects.get(name="file_note.recorded")
    assert (event.at, event.facts["number"]) == (AT, 1)
    assert SAID not in str(event.details.content)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"what": " "}, "what was said"),
        ({"kind": "dream"}, "what it was"),
        ({"happened_at": AT + timedelta(seconds=1)}, "later than now"),
        ({"kind": "way", "happened_at": PUBLISHED - timedelta(seconds=1)}, "while proposals are taken"),
    ],
)
def test_what_cannot_be_is_refused(changes, says):
    with pytest.raises(NotReady) as refused:
        record(published_tender(), **changes)
    assert says in refused.value.message
    assert not FileNote.objects.exists()


def test_another_way_to_take_part_is_agreed_before_the_deadline_and_may_be_noted_after_it():
    tender, late = published_tender(), PROPOSALS_CLOSE + timedelta(minutes=5)
    said = {"kind": "way", "with_whom": "A caller", "what": "By post, until the deadline."}
    kept = {"by": cast.person("manager", at=AT), "at": late}
    in_time = PROPOSALS_CLOSE - timedelta(microseconds=1)
    assert file_note.record(tender, **said, happened_at=in_time, **kept).happened_at == in_time
    with pytest.raises(NotReady, match="before the deadline"):
        file_note.record(tender, **said, happened_at=PROPOSALS_CLOSE, **kept)


@pytest.mark.parametrize(
    ("published", "noted_at", "between"),
    [
        (
            PUBLISHED,
            AT,
            "published at 10am on Thursday 17 August 2017 and closes at 5pm on Friday 22 September",
        ),
        (
            PUBLISHED + timedelta(seconds=40),
            AT,
            "published at 10:00:40am on Thursday 17 August 2017 and closes",
        ),
        (PUBLISHED, PROPOSALS_CLOSE, "and closed at 5pm on Friday 22 September 2017: enter a time between"),
    ],
)
def test_a_time_outside_is_refused_with_the_times_it_may_lie_between(published, noted_at, between):
    tender, by = published_tender(at=published), cast.person("manager", at=AT)
    early = PUBLISHED - timedelta(minutes=1)
    said = {"kind": "way", "with_whom": "A caller", "what": "By post.", "happened_at": early}
    with pytest.raises(NotReady) as refused:
        file_note.record(tender, **said, by=by, at=noted_at)
    assert between in refused.value.message


def test_of_a_tender_that_is_not_published_no_other_way_can_be_agreed():
    with pytest.raises(NotReady, match="SF1 is not published"):
        record(draft_tender(), kind="way")


@pytest.mark.parametrize("key", ["observer", "administrator", "evaluator-1", "lead-a"])
def test_others_put_nothing_on_file(key):
    with pytest.raises(WrongPerson):
        record(published_tender(), by=key)


def test_a_note_cannot_be_changed_or_taken_off():
    note = record(published_tender())
    with pytest.raises(ProgrammingError), transaction.atomic():
        FileNote.objects.filter(pk=note.pk).update(what="Nothing")
    with pytest.raises(ProgrammingError), transaction.atomic():
        note.delete()


def test_it_is_put_on_file_and_corrected_on_its_page_and_read_by_the_observer():
    published_tender()
    with visiting("manager", at=AT) as browser:
        browser.post(FILE, TYPED)
    with visiting("approver", at=AT) as browser:
        browser.post(FILE, TYPED | {"what": "It was 3:20pm.", "corrects": "1"})
    with visiting("observer", at=AT) as browser:
        page = text_of(browser.get(FILE))
        assert SAID in page
        assert 'href="#note-2">Note 2</a> corrects this' in page
        assert "3:10pm on Friday 22 September 2017" in page
        assert "4:00:00pm on Friday 22 September 2017" in page
        assert "Put it on file" not in page
        assert browser.post(FILE, TYPED).status_code == 403
    with visiting("lead-a", at=AT) as browser:
        assert browser.get(FILE).status_code == 404
