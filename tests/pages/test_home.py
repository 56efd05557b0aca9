"""The home page: what must I do, by when, what is new; and nothing that is not mine."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from odifund.core import clock
from odifund.core.todo import ToDo, in_order
from tenders.actions import answer as answers
from tenders.actions import consortium as taking_part
from tenders.actions import notice, question
from tenders.actions.proposal import describe
from tests import cast
from tests.factories.consortium import consortium_of, organisation
from tests.factories.panel import DECIDED, decided_tender, proposals_of
from tests.factories.proposal import draft_proposal, submit, submitted_proposal, written_at
from tests.factories.tender import PUBLISHED, draft_tender, proposed_tender, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + timedelta(days=10)
EVERYBODY = (
    "administrator manager approver moderator evaluator-1 finance observer lead-a partner-a lead-b newcomer"
)


def home(player, at=LATER):
    with visiting(player, at=at) as client:
        return text_of(client.get("/home/"))


def ask(tender, player, text="May a university be a member?", at=LATER):
    with clock.held_at(at):
        return question.ask(tender, text=text, by=cast.person(player, at=at), at=at)


def test_nobody_signed_in_has_none():
    with visiting(None, at=LATER) as client:
        assert client.get("/home/").headers["Location"] == "/sign-in/?next=/home/"


@pytest.mark.parametrize("player", EVERYBODY.split())
def test_everybody_has_one_in_an_empty_portal(player):
    assert "Home – Stimulus fund" in home(player)


def test_an_empty_portal_tells_the_officer_what_to_do_first():
    page = home("manager")
    assert "The portal is empty" in page
    assert "it takes two of you" in page
    assert "The portal is empty" not in home("newcomer")
    published_tender()
    assert "The portal is empty" not in home("manager")


def test_the_first_administrator_is_asked_to_invite_those_who_run_the_fund():
    assert "Invite the people who run the fund" in home("administrator")
    assert "Invite the people who run the fund" not in home("manager")
    cast.whole(at=LATER)
    assert "Invite the people who run the fund" not in home("administrator")


def test_a_newcomer_is_told_the_two_things_that_get_them_going():
    published_tender()
    page = home("newcomer")
    assert "/organisations/add/" in page
    assert "Find an open tender" in page
    assert "Stimulus fund for service redesign" in page
    organisation("newcomer")
    assert "Find an open tender" not in home("newcomer")


def test_a_bidder_sees_the_draft_what_is_missing_and_how_long_is_left():
    draft_proposal(published_tender(), title="Repairs people can see")
    page = home("lead-a")
    assert "Write and submit “Repairs people can see”" in page
    assert "sections to write, no costs yet" in page
    assert "26 days left" in page


def test_a_submitted_proposal_is_listed_and_no_longer_waits():
    tender = published_tender()
    submitted_proposal(tender, title="Repairs people can see")
    page = home("partner-a", at=written_at(tender) + timedelta(hours=2))
    assert "Nothing waits for you" in page
    assert "Repairs people can see" in page
    assert "Submitted" in page
    assert "Priya Nair submitted “Repairs people can see”" in page


def test_changes_after_submitting_wait_until_they_are_submitted_too():
    tender = published_tender()
    proposal = submitted_proposal(tender)
    at = written_at(tender) + timedelta(hours=2)
    describe(proposal, title="Repairs, seen", delivery_model="others", by=proposal.started_by, at=at)
    assert "Your changes are not submitted: “Repairs, seen”" in home("lead-a", at=at)
    assert "Exampleshire County Council submits it again" in home("partner-a", at=at)
    submit(proposal, at=at + timedelta(minutes=1))
    assert "Your changes are not submitted" not in home("lead-a", at=at + timedelta(minutes=2))


def test_who_does_not_lead_writes_and_is_told_who_submits():
    draft_proposal(published_tender(), title="Repairs people can see")
    page = home("partner-a")
    assert "Write “Repairs people can see”" in page
    assert "Exampleshire County Council leads and submits it" in page
    assert "Write and submit" not in page


def test_only_the_first_row_and_what_is_due_within_a_week_are_live():
    first, second, late = (PUBLISHED + timedelta(days=days) for days in (30, 60, 5))
    items = [ToDo("B", "/", due=second, now=True), ToDo("C", "/", now=True), ToDo("A", "/", due=first)]
    assert [(item.title, item.now) for item in in_order(items, LATER)] == [
        ("A", True),
        ("B", False),
        ("C", False),
    ]
    overdue = in_order([*items, ToDo("Late", "/", due=late)], LATER)
    assert [item.now for item in overdue] == [False, False, False, False]
    assert [item.now for item in in_order(items, second - timedelta(days=7))] == [False, True, False]


def test_where_one_has_a_draft_the_tender_is_not_offered_again():
    draft_proposal(published_tender())
    published_tender(reference="SF2", title="Another one")
    page = home("lead-a")
    assert "Another one" in page.partition("Open now")[2]
    assert (
        "Stimulus fund for service redesign"
        not in page.partition("Open now")[2].partition("<aside")[0].partition("of-aside")[0]
    )


@pytest.mark.parametrize("player", EVERYBODY.split())
def test_no_home_page_asks_more_than_twelve_times(player):
    tender = published_tender()
    submitted_proposal(tender)
    with visiting(player, at=LATER) as client:
        client.get("/home/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/home/")
    assert len(asked) <= 12


def test_after_the_deadline_a_draft_no_longer_waits():
    tender = published_tender()
    draft_proposal(tender, title="Repairs people can see")
    assert "Write and submit" not in home("lead-a", at=tender.proposals_close_at)


@pytest.mark.parametrize("player", [p for p in EVERYBODY.split() if p not in ("lead-a", "partner-a")])
def test_nobody_else_s_home_shows_a_proposal_or_its_people(player):
    draft_proposal(published_tender(), title="Repairs people can see")
    page = home(player)
    for secret in ("Repairs people can see", "Exampleshire", "Priya"):
        assert secret not in page


def test_an_invitation_waits_for_the_address_it_was_sent_to():
    formed = consortium_of("lead-a", tender=published_tender(), name="Kerbside")
    nia = cast.person("newcomer", at=LATER)
    with clock.held_at(LATER):
        sent = taking_part.invite(formed, organisation_name="Middling", email=nia.email, by=formed.formed_by)
    assert f"/invitations/{sent.pk}/" in home("newcomer")
    assert f"/invitations/{sent.pk}/" not in home("lead-b")
    taking_part.decline(sent, key="", by=nia, at=LATER)
    assert f"/invitations/{sent.pk}/" not in home("newcomer")


def test_a_manager_sees_questions_with_their_age_and_no_asker():
    tender = published_tender()
    ask(tender, "lead-a", at=LATER - timedelta(days=3))
    ask(tender, "lead-b")
    page = home("manager")
    assert "Answer 2 questions about SF1" in page
    assert "The oldest has waited 3 days" in page
    assert "Priya" not in page
    assert "Answer 2 questions" not in home("approver")


def test_a_draft_waits_for_the_manager_and_a_proposed_one_for_a_second_person():
    draft_tender(reference="SF2")
    proposed_tender(reference="SF3")
    assert "Finish the draft of SF2" in home("manager")
    assert "SF3 is published" not in home("manager")
    assert "Confirm that SF3 is published" in home("approver")
    assert "Finish the draft" not in home("approver")
    assert "SF3" not in home("lead-a")


def test_staff_see_each_tender_with_its_next_date():
    published_tender()
    for player in ("manager", "approver", "observer"):
        assert "Last moment for questions, Friday 1 September 2017" in home(player)
    assert "Last moment for questions" not in home("finance")


def test_several_answers_are_one_line_of_news():
    tender = published_tender()
    manager = cast.person("manager", at=LATER)
    for text in ("May a university?", "And a charity?"):
        answers.answer(ask(tender, "lead-a", text), public_text=text, answer="Yes.", by=manager, at=LATER)
    page = home("lead-a")
    assert "SF1: 2 questions are answered" in page
    assert "question 1 is answered" not in page


def test_what_is_new_comes_from_tenders_one_follows():
    tender = published_tender()
    manager = cast.person("manager", at=LATER)
    asked = ask(tender, "lead-a")
    answers.answer(asked, public_text="May a university?", answer="Yes.", by=manager, at=LATER)
    notice.publish(tender, title="Step-free access", text="There is.", by=manager, at=LATER)
    page = home("lead-a")
    assert "SF1: Step-free access" in page
    assert "SF1: question 1 is answered" in page
    assert "Step-free access" not in home("lead-b")
    assert "Step-free access" not in home("lead-a", at=LATER + timedelta(days=15))


def test_a_decision_leads_whoever_is_named_to_their_own_scores():
    tender = decided_tender()
    proposal = proposals_of(tender)[0]
    with visiting(None, at=DECIDED + timedelta(days=1)) as client:
        client.force_login(proposal.started_by)
        page = text_of(client.get("/home/"))
    assert f'href="/proposals/{proposal.pk}/outcome/"' in page
    assert "with scores and reasons" in page


def test_the_administrator_is_led_to_people_and_the_observer_to_the_trail():
    assert "/staff/people/" in home("administrator")
    assert "/staff/trail/" in home("observer")
    assert "/payments/" in home("finance")
    assert "/staff/" not in home("lead-a")


def test_queries_do_not_grow_with_what_waits():
    tenders = [published_tender(reference=f"SF{number}") for number in range(1, 5)]
    draft_proposal(tenders[0])
    with visiting("lead-a", at=LATER) as client:
        with CaptureQueriesContext(connection) as one:
            client.get("/home/")
        for tender in tenders[1:]:
            draft_proposal(tender)
            ask(tender, "lead-a")
        with CaptureQueriesContext(connection) as many:
            client.get("/home/")
    assert len(many) <= len(one)
