"""Two at once in delivery: what is handed in is what stays, whoever writes beside it. Real threads."""

import threading

import pytest
from django.db import connection, transaction

from deliverables.actions import blog_post, deliverable, pattern, released_data, review
from deliverables.models import BlogPost, Deliverable, Pattern
from deliverables.queries.deliverable import as_handed_in
from odifund.core.errors import MovedOn
from tests import cast
from tests.factories import delivery as stage
from tests.tenders.test_races import at_once

AT = stage.HALFWAY
STARTED = 0.5  # seconds that the other needs to come to its lock


def person(key):
    return cast.person(key, at=stage.SIGNED)


@pytest.fixture
def signed(committed_stage):
    return stage.contract_of(stage.tender_in_delivery())


def afresh(due):
    """A copy of its own, as each request has."""
    return Deliverable.objects.get(pk=due.pk)


def drafted(signed, kind):
    """What is owed of this kind, with its drafts written and not handed in."""
    due = stage.owed(signed, kind)
    match kind:
        case "blog":
            blog_post.write(due, stage.blog_words(), by=person("lead-a"), at=AT)
        case "pattern":
            for title in ("One", "Two"):
                pattern.add(due, stage.pattern_words(title), by=person("lead-a"), at=AT)
        case "data":
            released_data.add(due, stage.data_set(), by=person("lead-a"), at=AT)
    return due


EDITS = {
    "blog": lambda due, by: blog_post.write(due, stage.blog_words(text="Other words."), by=by, at=AT),
    "pattern": lambda due, by: pattern.change(
        due.patterns.first(), stage.pattern_words("Other words"), by=by, at=AT
    ),
    "data": lambda due, by: released_data.add(due, stage.data_set(title="Other data"), by=by, at=AT),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_waits_for_a_delivery_that_is_under_way_and_is_refused(signed, kind):
    """The delivery is held up at its mail, after it has read the drafts; the edit must not pass it."""
    due, writer = drafted(signed, kind), person("partner-a")
    mail_locked, edited = threading.Event(), threading.Event()

    def holds_up():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE core_outboxmessage IN SHARE MODE")
            mail_locked.set()
            assert not edited.wait(3 * STARTED), "the edit passed the delivery"

    def delivers():
        mail_locked.wait()
        return deliverable.deliver(afresh(due), by=person("lead-a"), at=AT)

    def edits():
        mail_locked.wait()
        threading.Event().wait(STARTED)
        try:
            EDITS[kind](afresh(due), writer)
        finally:
            edited.set()

    held, handed_in, refused = at_once([holds_up, delivers, edits])
    assert held is None
    assert isinstance(refused, MovedOn), refused
    assert as_handed_in(afresh(due)) == handed_in.text


def test_what_is_accepted_is_what_was_handed_in_whoever_writes_beside_it(signed):
    due = drafted(signed, "blog")
    lead, manager = person("lead-a"), person("manager")

    def writes(number):
        words = stage.blog_words(title=f"Title {number}")
        return blog_post.write(afresh(due), words, by=person("partner-a"), at=AT)

    def delivers_and_has_it_accepted():
        deliverable.deliver(afresh(due), by=lead, at=AT)
        return review.accept(afresh(due), by=manager, at=AT)

    works = [lambda number=number: writes(number) for number in range(8)]
    results = at_once([*works, delivers_and_has_it_accepted])
    assert all(isinstance(result, BlogPost | MovedOn) for result in results[:-1]), results
    assert as_handed_in(afresh(due)) == results[-1].delivery.text


def test_a_pattern_that_a_colleague_removed_does_not_come_back(signed):
    due = drafted(signed, "pattern")
    opened = due.patterns.get(title="One")
    pattern.remove(due.patterns.get(title="One"), by=person("lead-a"), at=AT)
    with pytest.raises(MovedOn):
        pattern.change(opened, stage.pattern_words("One"), by=person("partner-a"), at=AT)
    with pytest.raises(MovedOn):
        pattern.remove(opened, by=person("partner-a"), at=AT)
    assert [each.title for each in Pattern.objects.all()] == ["Two"]


@pytest.mark.parametrize(
    "send",
    [
        lambda due, by: pattern.add(due, stage.pattern_words("One"), by=by, at=AT),
        lambda due, by: released_data.add(due, stage.data_set(), by=by, at=AT),
    ],
    ids=["pattern", "data"],
)
def test_the_same_thing_sent_by_many_threads_is_one(signed, request, send):
    due, lead = stage.owed(signed, request.node.callspec.id), person("lead-a")
    results = at_once(lambda: send(afresh(due), lead) for _ in range(6))
    assert len({getattr(result, "pk", result) for result in results}) == 1, results
