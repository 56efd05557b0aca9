"""Two at once: one invitation, one watch, one number. Real threads, each with a connection of its own."""

import threading
import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.db import connections

from consortia.models import Member
from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady
from tenders.actions import answer as answers
from tenders.actions import consortium as taking_part
from tenders.actions import question, submission, watch
from tenders.models import Question, Version, Watch
from tenders.queries import contents
from tests import cast
from tests.factories import proposal as made
from tests.factories.consortium import consortium_of, organisation
from tests.factories.tender import PUBLISHED, draft_tender, published, published_tender

LATER = PUBLISHED + timedelta(days=3)


def at_once(*calls):
    """Run each in a thread, let go together; what each gave or raised."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            start.wait(timeout=20)
            results[place] = call()
        except Exception as error:  # noqa: BLE001 - what was raised is the result
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.fixture
def tender(committed_db):
    with clock.held_at(LATER):
        yield published_tender()


def test_two_who_accept_one_invitation_make_one_member(tender):
    formed = consortium_of("lead-a", tender=tender)
    sent = taking_part.invite(
        formed,
        organisation_name="Pattern & Post",
        email=cast.person("partner-a", at=LATER).email,
        by=formed.formed_by,
    )
    ines, joins = cast.person("partner-a", at=LATER), organisation("partner-a")

    def accept():
        fresh = type(sent).objects.get(pk=sent.pk)
        return taking_part.accept(fresh, key="", organisation=joins, by=ines)

    results = at_once(accept, accept, accept)
    assert sum(isinstance(result, Member) for result in results) == 1
    assert sum(isinstance(result, MovedOn) for result in results) == 2
    assert formed.members.count() == 2


def test_an_organisation_that_joins_two_consortia_at_once_is_in_one_where_the_tender_says_so(committed_db):
    ines, joins = cast.person("partner-a", at=LATER), organisation("partner-a")
    with clock.held_at(LATER):  # around all threads: it holds for the whole process
        tender = published(draft_tender(one_consortium_each=True))
        invitations = [
            taking_part.invite(formed, organisation_name=joins.name, email=ines.email, by=formed.formed_by)
            for formed in (consortium_of(player, tender=tender, at=LATER) for player in ("lead-a", "lead-b"))
        ]
        results = at_once(
            *(partial(taking_part.accept, sent, key="", organisation=joins, by=ines) for sent in invitations)
        )
    assert sorted(type(result).__name__ for result in results) == ["Member", "NotReady"]


def test_answers_given_at_once_get_numbers_without_a_gap(tender):
    priya, manager = cast.person("lead-a", at=LATER), cast.person("manager", at=LATER)
    asked = [question.ask(tender, text=f"Number {n}?", by=priya, at=LATER) for n in range(4)]

    def answering(each):
        return lambda: answers.answer(each, public_text="Q", answer="A", by=manager, at=LATER)

    assert at_once(*map(answering, asked)) == [None] * 4
    assert sorted(Question.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_pressing_watch_twice_at_once_makes_one_row(tender):
    nia = cast.person("newcomer", at=LATER)
    results = at_once(*[lambda: watch.start(tender, by=nia, at=LATER)] * 3)
    assert all(isinstance(result, Watch) for result in results), results
    assert Watch.objects.count() == 1


def test_a_member_that_leaves_while_the_lead_submits_is_in_the_version_or_stops_it(tender):
    """Whoever comes first: what is submitted names the members that its costs are of."""
    proposal = made.complete_proposal(tender)
    member = proposal.consortium.members.get(is_lead=False)
    ines, without = cast.person("partner-a", at=LATER), made.without(proposal)

    def submit():
        with clock.held_at(LATER):
            return submission.submit(
                proposal, key=uuid.uuid4(), by=proposal.started_by, seen_at=LATER, without=without
            )

    def leave():
        with clock.held_at(LATER):
            return taking_part.leave(member, by=ines)

    submitted, left = at_once(submit, leave)
    assert left is None
    assert Member.objects.filter(pk=member.pk, left_at__isnull=False).exists()
    if isinstance(submitted, NotReady):
        assert any("is not in the consortium any more" in each for each in submitted.sentences)
        assert not Version.objects.exists()
    else:
        said = contents.shown(submitted)
        assert {line.organisation_name for line in said.cost_lines} <= {each.name for each in said.members}
