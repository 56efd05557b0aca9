"""Delivering, returning with comments, delivering again, accepting; and the drafts on the way."""

from datetime import UTC, datetime, timedelta

import pytest

from deliverables.actions import blog_post, deliverable, pattern, released_data, review, workshop
from deliverables.models import Attendance, BlogPost, Deliverable, Pattern, ReleasedData, Review
from deliverables.queries import library, progress
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from tenders import stimulus_fund
from tests import cast
from tests.factories import delivery as stage

pytestmark = pytest.mark.django_db
AT = stage.HALFWAY


def person(key):
    return cast.person(key, at=stage.SIGNED)


def back(at=AT, days=7):
    """By whom, when and until when something is returned."""
    return {"answer_by": at.date() + timedelta(days=days), "by": person("manager"), "at": at}


@pytest.fixture
def signed(db):
    return stage.contract_of(stage.tender_in_delivery())


def test_a_returned_deliverable_is_delivered_again_and_every_delivery_is_kept(signed):
    due = stage.delivered(signed, "halfway", text="First words.")
    review.send_back(due, comments="Say more about the tenants.", **back())
    assert due.status == Deliverable.Status.RETURNED
    stage.delivered(signed, "halfway", text="Second words.")
    review.accept(due, by=person("manager"), at=AT)
    kept = [(d.number, d.text, d.review.accepted, d.review.comments) for d in due.deliveries.all()]
    assert kept == [
        (1, "First words.", False, "Say more about the tenants."),
        (2, "Second words.", True, ""),
    ]


def test_the_consortium_and_the_managers_are_told(signed):
    due = stage.delivered(signed, "halfway")
    review.send_back(due, comments="Say more.", **back())
    to_review = OutboxMessage.objects.get(kind="deliverables/deliverable_delivered")
    assert to_review.person == person("manager")
    returned = OutboxMessage.objects.filter(kind="deliverables/deliverable_returned")
    assert {m.person for m in returned} == {person("lead-a"), person("partner-a")}
    assert all("Say more." in m.body for m in returned)
    assert person("lead-b") not in {
        m.person for m in OutboxMessage.objects.filter(subject__contains="Exampleshire")
    }


def test_nothing_is_returned_without_comments(signed):
    due = stage.delivered(signed, "halfway")
    with pytest.raises(NotReady):
        review.send_back(due, comments="  ", **back())
    assert not Review.objects.exists()


@pytest.mark.parametrize("days", [0, -1, -400])
def test_the_day_to_answer_by_is_later_than_today(signed, days):
    due = stage.delivered(signed, "halfway")
    with pytest.raises(NotReady) as refused:
        review.send_back(due, comments="More.", **back(days=days))
    assert refused.value.sentences == ["The day to answer by must be later than today."]
    assert not Review.objects.exists()


def test_what_was_returned_is_overdue_from_the_day_it_was_returned_for(signed):
    """Due in winter at 5pm; returned long after it was due, and asked for on a day in summer time."""
    due = stage.delivered(signed, "report")
    returned_at = datetime(2018, 3, 20, 10, tzinfo=UTC)
    review.send_back(due, comments="More.", **back(returned_at))
    again = datetime(2018, 3, 27, 16, tzinfo=UTC)
    assert due.awaited_at == again
    for at, says in (
        (returned_at, "Returned"),
        (again - timedelta(microseconds=1), "Returned"),
        (again, "Overdue"),
    ):
        assert progress.of_deliverable(due, at).text == says
    stage.delivered(signed, "report", at=again)
    due.refresh_from_db()
    assert progress.of_deliverable(due, again).text == "Waiting for review"
    event = Event.objects.get(name="deliverable.returned")
    assert event.facts == {"answer_by": "2018-03-27"}
    assert "to answer by Tuesday 27 March 2018." in audit.sentence(event, event.details.content)
    (told, _) = OutboxMessage.objects.filter(kind="deliverables/deliverable_returned")
    assert "deliver it again by 5pm on Tuesday 27 March 2018" in told.body


@pytest.mark.parametrize("key", ["lead-b", "manager", "finance", "observer", "newcomer"])
def test_only_the_consortium_delivers(signed, key):
    with pytest.raises(WrongPerson):
        deliverable.deliver(stage.owed(signed, "halfway"), text="Words.", by=person(key), at=AT)


@pytest.mark.parametrize("key", ["lead-a", "partner-a", "approver", "finance", "observer"])
def test_only_a_manager_reviews(signed, key):
    due = stage.delivered(signed, "halfway")
    with pytest.raises(WrongPerson):
        review.accept(due, by=person(key), at=AT)


def test_a_second_delivery_before_the_review_is_refused(signed):
    due = stage.delivered(signed, "halfway")
    with pytest.raises(MovedOn):
        deliverable.deliver(due, text="Again.", by=person("partner-a"), at=AT)
    assert due.deliveries.count() == 1


def test_an_empty_delivery_is_refused(signed):
    with pytest.raises(NotReady):
        deliverable.deliver(stage.owed(signed, "halfway"), text="  ", by=person("lead-a"), at=AT)


def test_a_report_tells_of_its_prototype(signed):
    due = stage.owed(signed, "report")
    with pytest.raises(NotReady):
        deliverable.deliver(due, text="Words.", by=person("lead-a"), at=AT)
    handed_in = deliverable.deliver(due, text="Words.", tried=stage.TRIED, by=person("lead-a"), at=AT)
    assert handed_in.prototype.did_not_work.startswith("Photographs")


def test_a_blog_is_handed_in_as_it_stands_and_appears_when_accepted(signed):
    due = stage.owed(signed, "blog")
    with pytest.raises(NotReady):
        deliverable.deliver(due, by=person("lead-a"), at=AT)
    stage.delivered(signed, "blog", title="A first title")
    assert "# A first title" in due.deliveries.get().text
    assert BlogPost.objects.get().status == BlogPost.Status.DRAFT
    review.accept(due, by=person("manager"), at=AT)
    post = BlogPost.objects.get()
    assert (post.status, post.slug, post.published_by) == ("published", "a-first-title", person("manager"))


def test_what_is_handed_in_is_not_changed_behind_the_reviewer(signed):
    due = stage.delivered(signed, "blog")
    with pytest.raises(MovedOn):
        blog_post.write(due, stage.blog_words(text="Other."), by=person("lead-a"), at=AT)
    stage.delivered(signed, "pattern")
    with pytest.raises(MovedOn):
        pattern.remove(Pattern.objects.first(), by=person("lead-a"), at=AT)
    stage.delivered(signed, "data")
    with pytest.raises(MovedOn):
        released_data.remove(ReleasedData.objects.get(), by=person("lead-a"), at=AT)


def test_the_rival_writes_none_of_it(signed):
    with pytest.raises(WrongPerson):
        blog_post.write(stage.owed(signed, "blog"), stage.blog_words(), by=person("lead-b"), at=AT)
    with pytest.raises(WrongPerson):
        pattern.add(stage.owed(signed, "pattern"), stage.pattern_words(), by=person("lead-b"), at=AT)
    with pytest.raises(WrongPerson):
        released_data.say_none(stage.owed(signed, "data"), because="No.", by=person("lead-b"), at=AT)


def test_two_patterns_are_needed(signed):
    due = stage.owed(signed, "pattern")
    pattern.add(due, stage.pattern_words(), by=person("lead-a"), at=AT)
    with pytest.raises(NotReady) as refused:
        deliverable.deliver(due, by=person("lead-a"), at=AT)
    assert refused.value.sentences == ["Add at least 2 patterns, artefacts or tools. You have 1."]
    pattern.add(due, stage.pattern_words("Another"), by=person("partner-a"), at=AT)
    deliverable.deliver(due, by=person("lead-a"), at=AT)
    review.accept(due, by=person("manager"), at=AT)
    slugs = set(Pattern.objects.filter(status="published").values_list("slug", flat=True))
    assert slugs == {"a-repairs-status-people-can-read", "another"}


def test_the_same_title_in_two_contracts_has_two_addresses(signed):
    rival = stage.contract_of(signed.tender, "lead-b")
    for contract, lead in ((signed, "lead-a"), (rival, "lead-b")):
        pattern.add(stage.owed(contract, "pattern"), stage.pattern_words("One"), by=person(lead), at=AT)
    assert set(Pattern.objects.values_list("slug", flat=True)) == {"one", "one-2"}


def test_a_pattern_sent_twice_is_one(signed):
    due, by = stage.owed(signed, "pattern"), {"by": person("lead-a"), "at": AT}
    first = pattern.add(due, stage.pattern_words("One"), upload=stage.a_file(), **by)
    assert pattern.add(due, stage.pattern_words("One"), upload=stage.a_file(), **by) == first
    other_file = stage.a_file(content=stage.PDF + b"%")
    for words, upload in (
        (stage.pattern_words("ONE"), stage.a_file()),
        (stage.pattern_words("One", problem="Another."), stage.a_file()),
        (stage.pattern_words("One"), other_file),
        (stage.pattern_words("One"), None),
    ):
        with pytest.raises(NotReady) as refused:
            pattern.add(due, words, upload=upload, **by)
        assert "You have “One” already." in refused.value.sentences[0]
    assert Pattern.objects.get() == first


def test_a_pattern_does_not_take_the_title_of_another(signed):
    due, by = stage.owed(signed, "pattern"), {"by": person("lead-a"), "at": AT}
    pattern.add(due, stage.pattern_words("One"), **by)
    second = pattern.add(due, stage.pattern_words("Two"), **by)
    with pytest.raises(NotReady):
        pattern.change(second, stage.pattern_words("one"), **by)
    assert pattern.change(second, stage.pattern_words("TWO"), **by).title == "TWO"


def test_a_data_set_sent_twice_is_one(signed):
    due, by = stage.owed(signed, "data"), {"by": person("lead-a"), "at": AT}
    first = released_data.add(due, stage.data_set(), **by)
    assert released_data.add(due, stage.data_set(), **by) == first
    with pytest.raises(NotReady):
        released_data.add(due, stage.data_set(title=first.title.upper()), **by)
    assert released_data.add(due, stage.data_set(title="Another"), **by) != first
    assert ReleasedData.objects.count() == 2


@pytest.mark.parametrize("licence", ["", "all-rights-reserved", "CC-BY-NC-4.0"])
def test_a_pattern_has_an_open_licence(signed, licence):
    words = stage.pattern_words(licence=licence)
    with pytest.raises(NotReady):
        pattern.add(stage.owed(signed, "pattern"), words, by=person("lead-a"), at=AT)


def test_a_changed_pattern_keeps_its_file_and_its_address_follows_its_title(signed):
    due, lead = stage.owed(signed, "pattern"), person("lead-a")
    drafted = pattern.add(due, stage.pattern_words(), upload=stage.a_file(), by=lead, at=AT)
    pattern.change(drafted, stage.pattern_words("Another title"), by=lead, at=AT)
    drafted.refresh_from_db()
    assert drafted.slug == "another-title"
    assert drafted.file.name == "report.pdf"


def test_a_reason_for_no_data_is_an_answer(signed):
    due, lead = stage.owed(signed, "data"), person("lead-a")
    with pytest.raises(NotReady):
        deliverable.deliver(due, by=lead, at=AT)
    released_data.say_none(due, because="The supplier owns it.", by=lead, at=AT)
    handed_in = deliverable.deliver(due, by=lead, at=AT)
    assert handed_in.text == "No data was released: The supplier owns it."


def test_data_takes_the_place_of_a_reason_and_not_the_other_way_round(signed):
    due, lead = stage.owed(signed, "data"), person("lead-a")
    released_data.say_none(due, because="Not yet.", by=lead, at=AT)
    released_data.add(due, stage.data_set(), by=lead, at=AT)
    assert [each.title for each in due.released_data.all()] == ["Stages of council repairs"]
    with pytest.raises(NotReady):
        released_data.say_none(due, because="Changed our mind.", by=lead, at=AT)


def test_a_workshop_is_attended_and_not_handed_in(signed):
    due = stage.owed(signed, "workshop")
    with pytest.raises(WrongPerson):
        deliverable.deliver(due, text="We were there.", by=person("lead-a"), at=AT)
    coming = workshop.announce(
        due, name="Ines", is_lead=False, needs="Oat milk", by=person("partner-a"), at=AT
    )
    away = workshop.announce(due, name="Priya", is_lead=True, needs="", by=person("lead-a"), at=AT)
    with pytest.raises(WrongPerson):
        workshop.record_attendance(due, came=[coming.pk], by=person("lead-a"), at=AT)
    workshop.record_attendance(due, came=[coming.pk], by=person("manager"), at=AT)
    assert due.status == Deliverable.Status.ACCEPTED
    assert dict(Attendance.objects.values_list("name", "attended")) == {"Ines": True, "Priya": False}
    with pytest.raises(MovedOn):
        workshop.take_off(away, by=person("lead-a"), at=AT)


def test_a_workshop_with_nobody_there_is_not_recorded(signed):
    due = stage.owed(signed, "workshop")
    workshop.announce(due, name="Ines", is_lead=False, needs="", by=person("lead-a"), at=AT)
    with pytest.raises(NotReady):
        workshop.record_attendance(due, came=[], by=person("manager"), at=AT)
    due.refresh_from_db()
    assert due.status == Deliverable.Status.DUE


def test_the_same_name_is_announced_once(signed):
    due = stage.owed(signed, "workshop")
    workshop.announce(due, name="Ines", is_lead=False, needs="", by=person("lead-a"), at=AT)
    with pytest.raises(NotReady):
        workshop.announce(due, name="Ines ", is_lead=False, needs="", by=person("lead-a"), at=AT)
    assert Attendance.objects.count() == 1


DRAFTS = {
    "blog": lambda due, by: blog_post.write(due, stage.blog_words(), by=by, at=AT),
    "pattern": lambda due, by: pattern.add(due, stage.pattern_words(), by=by, at=AT),
    "data": lambda due, by: released_data.add(due, stage.data_set(), by=by, at=AT),
    "no data": lambda due, by: released_data.say_none(due, because="None.", by=by, at=AT),
}


@pytest.mark.parametrize("kind", [each.kind for each in stimulus_fund.OWED])
@pytest.mark.parametrize("draft", DRAFTS)
def test_a_draft_is_written_for_a_deliverable_of_its_own_kind_alone(signed, kind, draft):
    due, lead = stage.owed(signed, kind), person("lead-a")
    if draft.removeprefix("no ") == kind:
        DRAFTS[draft](due, lead)
        return
    with pytest.raises(NotReady) as refused:
        DRAFTS[draft](due, lead)
    assert refused.value.sentences == [f"“{due}” does not take this. Nothing was saved."]
    assert not any(model.objects.exists() for model in (BlogPost, Pattern, ReleasedData))


def misplaced(due):
    """Drafts that hang on a deliverable of another kind, however they came there."""
    written = {"deliverable": due, "written_by": person("lead-a"), "written_at": AT}
    BlogPost.objects.create(**written, slug="stray", **vars(stage.blog_words()))
    Pattern.objects.create(**written, slug="stray", **vars(stage.pattern_words()))
    ReleasedData.objects.create(
        deliverable=due, recorded_by=person("lead-a"), recorded_at=AT, **vars(stage.data_set())
    )


@pytest.mark.parametrize("kind", ["halfway", "report"])
def test_accepting_publishes_only_what_was_reviewed(signed, kind):
    misplaced(stage.owed(signed, kind))
    stage.accepted(signed, kind)
    assert BlogPost.objects.get().status == BlogPost.Status.DRAFT
    assert Pattern.objects.get().status == Pattern.Status.DRAFT
    assert not library.released_by(signed).exists()
