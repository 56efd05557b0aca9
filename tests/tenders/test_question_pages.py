"""The pages of questions asked in private, of the queue, and names that must reach nobody."""

from datetime import timedelta

import pytest

from odifund.core.models import OutboxMessage
from tenders.models import Question
from tenders.queries import giveaway
from tests import cast
from tests.factories.consortium import organisation
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
PAGE = "/tenders/SF1/questions/"
LATER = PUBLISHED + timedelta(days=2)
PLANTED = "We at Exampleshire County Council (Priya Nair, exampleshire.example.org) ask: may a school join?"
SECRETS = ("Exampleshire", "Priya", "Nair", "exampleshire.example.org")


@pytest.fixture(autouse=True)
def tender():
    cast.person("lead-a", at=PUBLISHED)
    organisation("lead-a")
    return published_tender()


def post(player, page, follow=True, **words):
    with visiting(player, at=LATER) as client:
        return client.post(page, words, follow=follow)


def read(player, page):
    with visiting(player, at=LATER) as client:
        return client.get(page)


def ask(text=PLANTED, **more):
    before = set(Question.objects.values_list("pk", flat=True))
    post("lead-a", PAGE, text=text, **more)
    return Question.objects.exclude(pk__in=before).get()


def of(question, page):
    return f"{PAGE}{question.pk}/{page}/"


def test_names_of_the_asker_are_marked_and_do_not_go_out_by_mistake():
    question = ask()
    page = text_of(read("manager", of(question, "answer")))
    assert "<mark>Exampleshire County Council</mark>" in page
    assert "<mark>Priya Nair</mark>" in page
    words = {"public_text": "May a school of Exampleshire join?", "answer": "Write to nair, as a school may."}
    refused = text_of(post("manager", of(question, "answer"), **words))
    assert "Take out what could tell who asked: Exampleshire" in refused
    assert "Take out what could tell who asked: Nair" in refused
    assert "May a school of Exampleshire join?" in refused
    assert not Question.objects.get().number
    post("manager", of(question, "answer"), **words, may_stay="on")
    assert Question.objects.get().number == 1


def test_common_words_of_a_name_are_not_taken_for_it():
    question = ask()
    words = giveaway.giveaways(question)
    assert giveaway.found("May a county council join? Parents of a privateer?", words) == []
    assert giveaway.found("EXAMPLESHIRE’s", words) == ["Exampleshire"]


def test_planted_names_reach_no_page_feed_calendar_or_mail():
    first, second, third = ask(), ask(PLANTED + " Again."), ask(PLANTED + " Alone.", is_private="on")
    words = {"public_text": "May a school join?", "answer": "Yes."}
    post("manager", of(first, "answer"), **words, do="keep")
    post("manager", of(second, "same"), into=str(first.pk))
    post("manager", f"{PAGE}waiting/", ready=[str(first.pk)])
    post("manager", of(third, "alone"), answer="Not of your own.")
    for question, status in ((first, "answered"), (second, "merged"), (third, "answered_alone")):
        question.refresh_from_db()
        assert question.status == status
    feeds = ("/tenders.atom", "/tenders/SF1/feed.atom", "/tenders/SF1/timetable.ics")
    doors = (PAGE, "/tenders/SF1/", "/tenders/", *feeds)
    for player in (None, "lead-b", "newcomer", "evaluator-1", "finance"):
        for door in doors:
            page = text_of(read(player, door))
            assert not [secret for secret in SECRETS if secret in page], (player, door)
    assert "May a school join?" in text_of(read(None, PAGE))
    others = OutboxMessage.objects.exclude(address=cast.PLAYERS["lead-a"].email)
    assert not [row for row in others if any(secret in row.subject + row.body for secret in SECRETS)]


def test_an_asker_agrees_to_a_wording_on_a_page_of_their_own():
    question = ask("Ours alone?", is_private="on")
    page = text_of(read("manager", of(question, "answer")))
    assert "Offer a wording" in page
    assert "Publish question and answer" not in page
    post("manager", of(question, "answer"), public_text="May a school join?")
    assert "Your turn" in text_of(read("lead-a", PAGE))
    own = of(question, "yours")
    assert "Agree to this wording" in text_of(read("lead-a", own))
    for player in ("lead-b", "manager", "observer"):
        assert read(player, own).status_code == 404
        assert post(player, own, do="agree").status_code == 404
    assert "Sign in" in text_of(post(None, own, do="agree"))
    assert "Agree to this wording" in text_of(read("lead-a", own))
    assert "You agreed" in text_of(post("lead-a", own, do="agree"))
    assert "asker agreed to a wording" in text_of(read("manager", f"{PAGE}waiting/"))
    said = post(
        "manager", of(question, "answer"), public_text="May a school join?", answer="Yes.", do="publish"
    )
    assert "Question 1 is published" in text_of(said)
    assert "question 1</a>, answered for everybody" in text_of(read("lead-a", own))


def test_withdrawing_twice_says_that_it_moved_on():
    question = ask("Ours?")
    own = of(question, "yours")
    assert "You withdrew" in text_of(post("lead-a", own, do="withdraw"))
    assert post("lead-a", own, do="withdraw").status_code == 409
    assert post("manager", of(question, "answer"), public_text="Q?", answer="A.").status_code == 409


def test_declined_and_taken_together_lead_the_asker_to_what_became_of_it():
    first, again = ask("One?"), ask("One again?")
    assert "No other question has an answer yet" in text_of(read("manager", of(again, "same")))
    post("manager", of(first, "answer"), public_text="One?", answer="Yes.")
    post("manager", of(again, "same"), into=str(first.pk))
    assert "question 1</a> answers it" in text_of(read("lead-a", of(again, "yours")))
    no = ask("Whom do you like?")
    assert "Enter why you do not answer" in text_of(post("manager", of(no, "decline"), reason=""))
    post("manager", of(no, "decline"), reason="It would favour a bidder.")
    assert "It would favour a bidder." in text_of(read("lead-a", of(no, "yours")))


def test_a_forged_question_to_take_it_together_with_is_refused():
    other = published_tender(reference="SF2")
    assert other
    first, again = ask("One?"), ask("One again?")
    post("manager", of(first, "answer"), public_text="One?", answer="Yes.")
    for forged in ("", str(again.pk), "9c4b7f0e-53c5-4b5e-8a0e-0d8b0f6a1c11", "x"):
        page = text_of(post("manager", of(again, "same"), into=forged))
        assert "There is a problem" in page
    again.refresh_from_db()
    assert again.status == "asked"


def test_the_queue_publishes_only_what_is_ticked_and_ready():
    first, second = ask("One?"), ask("Two?")
    for question in (first, second):
        post("manager", of(question, "answer"), public_text=question.text, answer="Yes.", do="keep")
    queue = f"{PAGE}waiting/"
    assert "Select the answers to publish" in text_of(post("manager", queue))
    assert post("approver", queue, ready=[str(first.pk)]).status_code == 403
    assert "The answer is published" in text_of(post("manager", queue, ready=[str(second.pk)]))
    assert "does not wait to be published" in text_of(post("manager", queue, ready=[str(second.pk)]))
    first.refresh_from_db()
    assert first.status == "ready"


def test_the_manager_is_told_when_everybody_is_told():
    for text, told in (("One?", "Everybody watching is told."), ("Two?", "the next mail, tomorrow at 8am")):
        more = {"when": "now"} if text == "Two?" else {}
        page = text_of(post("manager", of(ask(text), "answer"), public_text=text, answer="Yes.", **more))
        assert told in page
