"""Answers that wait for the next mail: published by the clock at 8am, when everybody is told at once."""

from datetime import datetime, timedelta

import pytest

from odifund.core import clock
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Event, OutboxMessage
from odifund.core.wording import LONDON
from tenders.actions import answer as answers
from tenders.actions import question, watch
from tenders.models import Question, Tender
from tenders.queries.question import may_wait_until
from tenders.tasks import tell_of_answers
from tests import cast
from tests.factories.tender import PUBLISHED, published_tender
from tests.factories.visit import text_of, visiting

pytestmark = pytest.mark.django_db
ASKED = PUBLISHED + timedelta(days=1)
TODAY = datetime(2017, 8, 21, 15, tzinfo=LONDON)
LATER = TODAY + timedelta(hours=1)
EIGHT = datetime(2017, 8, 22, 8, tzinfo=LONDON)
BEFORE = EIGHT - timedelta(minutes=1)
QUEUE = "/tenders/SF1/questions/waiting/"
FEED = "/tenders/SF1/feed.atom"
Status = Question.Status


@pytest.fixture
def tender():
    """The day's mail has gone: question 1 was answered at 3pm."""
    published = published_tender()
    watch.start(published, by=cast.person("newcomer", at=PUBLISHED), at=PUBLISHED)
    first = ask(published, "One?")
    answers.answer(first, public_text="One?", answer="Yes.", **manager(TODAY))
    OutboxMessage.objects.all().delete()
    return published


def manager(at):
    return {"by": cast.person("manager", at=PUBLISHED), "at": at}


def ask(tender, text, player="lead-a"):
    at = ASKED + timedelta(minutes=Question.objects.count())
    with clock.held_at(at):
        return question.ask(tender, text=text, by=cast.person(player, at=PUBLISHED), at=at)


def left(tender, text, player="lead-a"):
    asked = ask(tender, text, player)
    answers.leave_to_mail(asked, public_text=text, answer="It is so.", **manager(LATER))
    return asked


def beat(at):
    with clock.held_at(at):
        tell_of_answers()


def now(asked):
    asked.refresh_from_db()
    return asked.status, asked.number


def mails():
    return list(OutboxMessage.objects.filter(kind="tenders/questions_answered").order_by("queued_at"))


def of(asked, page="answer"):
    return f"/tenders/SF1/questions/{asked.pk}/{page}/"


def post(player, address, at, **data):
    with visiting(player, at=at) as client:
        return client.post(address, data, follow=True)


def read(player, address, at):
    with visiting(player, at=at) as client:
        return text_of(client.get(address))


def test_at_a_minute_to_eight_nobody_knows_and_at_eight_everybody_does(tender):
    asked = left(tender, "Two?", "lead-b")
    beat(TODAY.replace(hour=22))
    beat(BEFORE)
    assert now(asked) == (Status.READY, None)
    assert not mails()
    for address in ("/tenders/SF1/questions/", FEED):
        assert "Two?" not in read(None, address, BEFORE)
    for _ in range(2):
        beat(EIGHT)
    assert now(asked) == (Status.ANSWERED, 2)
    assert (asked.answered_by.name, asked.answered_at, asked.told_at) == ("Morgan Ellery", EIGHT, EIGHT)
    assert {each.address for each in mails()} >= {cast.PLAYERS[one].email for one in ("lead-b", "newcomer")}
    assert {each.subject for each in mails()} == {"SF1: question 2 is answered"}
    assert "Two?" in read(None, "/tenders/SF1/questions/", EIGHT)
    events = Event.objects.filter(subject_id=str(asked.pk)).order_by("pk")
    names = [each.name for each in events if each.name != "question.asked"]
    assert names == ["question.left_to_mail", "question.published_with_mail"]
    assert events.get(name="question.left_to_mail").sealed


def test_two_are_numbered_as_they_were_asked_and_told_in_one_mail_with_what_is_public(tender):
    second, third, fourth = ask(tender, "Two?"), ask(tender, "Three?", "lead-b"), ask(tender, "Four?")
    for asked in (third, second):
        answers.leave_to_mail(asked, public_text=asked.text, answer="It is so.", **manager(LATER))
    answers.answer(fourth, public_text="Four?", answer="No.", **manager(LATER))
    beat(EIGHT)
    assert [now(each)[1] for each in (fourth, second, third)] == [2, 3, 4]
    mail = next(each for each in mails() if each.address == cast.PLAYERS["newcomer"].email)
    assert mail.subject == "SF1: 3 questions are answered"
    assert mail.body.index("Question 3") < mail.body.index("Question 4")


def test_words_changed_while_it_waits_are_the_ones_that_are_published(tender):
    asked = left(tender, "Two?")
    assert "It is published at 8am on Tuesday 22 August 2017" in read("manager", of(asked), BEFORE)
    words = {"public_text": "Two, then?", "answer": "It is not so.", "do": "publish", "when": "mail"}
    said = text_of(post("manager", of(asked), BEFORE, **words))
    assert "published today at 8am, with the mail" in said
    beat(EIGHT)
    assert now(asked) == (Status.ANSWERED, 2)
    assert (asked.public_text, asked.answer) == ("Two, then?", "It is not so.")


def test_it_is_taken_back_until_the_morning_and_not_after_it(tender):
    asked, other = left(tender, "Two?"), left(tender, "Three?")
    queue = read("manager", QUEUE, LATER)
    assert "Published with the mail at 8am on Tuesday 22 August 2017" in queue
    assert "Take it back" not in read("observer", QUEUE, LATER)
    assert "Two?" in read("observer", QUEUE, LATER)
    assert post("approver", of(asked, "take-back"), LATER).status_code == 403
    assert "taken back" in text_of(post("manager", of(asked, "take-back"), LATER))
    assert post("manager", of(asked, "take-back"), LATER).status_code == 409
    beat(EIGHT)
    assert (now(asked), now(other)) == ((Status.READY, None), (Status.ANSWERED, 2))
    with pytest.raises(MovedOn):
        answers.take_back(other, **manager(EIGHT))
    post("manager", of(asked), EIGHT, public_text="Two?", answer="So.", do="keep", when="mail")
    beat(EIGHT + timedelta(days=1))
    assert now(asked) == (Status.READY, None)


def test_what_waits_is_nothing_for_staff_to_do(tender):
    asked = ask(tender, "Two?")
    answers.prepare(asked, public_text="Two?", answer="So.", **manager(LATER))
    assert "Answer 1 question about SF1" in read("manager", "/home/", LATER)
    answers.leave_all_to_mail(tender, [asked], **manager(LATER))
    assert "Answer 1 question about SF1" not in read("manager", "/home/", LATER)


def test_the_forms_ask_where_the_days_mail_has_gone_and_choose_the_mail(tender):
    asked, batched = ask(tender, "Two?"), ask(tender, "Three?")
    answers.prepare(batched, public_text="Three?", answer="So.", **manager(LATER))
    for address in (of(asked), QUEUE):
        page = read("manager", address, LATER)
        assert "Publish now; the mail goes tomorrow at 8am" in page
        chosen = page.partition('value="mail"')[2].partition(">")[0]
        assert "checked" in chosen
    assert "Select when to publish" in text_of(post("manager", QUEUE, LATER, ready=[str(batched.pk)]))
    said = text_of(post("manager", QUEUE, LATER, ready=[str(batched.pk)], when="mail"))
    assert "The answer is published tomorrow at 8am" in said
    said = text_of(post("manager", of(asked), LATER, public_text="Two?", answer="So.", when="now"))
    assert "Question 2 is published. Everybody watching is told with the next mail, tomorrow at 8am" in said
    assert now(batched) == (Status.READY, None)
    assert not mails()


def test_nothing_is_asked_where_the_mail_goes_at_once(tender):
    next_day = TODAY + timedelta(days=1)
    asked = ask(tender, "Two?")
    assert "the mail goes" not in read("manager", of(asked), next_day)
    with pytest.raises(NotReady, match="no later mail to wait for"):
        answers.leave_to_mail(asked, public_text="Two?", answer="So.", **manager(next_day))
    post("manager", of(asked), next_day, public_text="Two?", answer="So.")
    assert now(asked) == (Status.ANSWERED, 2)
    assert len(mails()) == 2


@pytest.mark.parametrize(("due", "waits"), [(EIGHT, True), (EIGHT - timedelta(microseconds=1), False)])
def test_no_answer_waits_past_the_moment_by_which_all_are_due(tender, due, waits):
    Tender.objects.update(answers_due_at=due)
    tender.refresh_from_db()
    assert (may_wait_until(tender, LATER) == EIGHT) is waits
    asked = ask(tender, "Two?")
    assert ("the mail goes" in read("manager", of(asked), LATER)) is waits
    if waits:
        return
    with pytest.raises(NotReady):
        answers.leave_to_mail(asked, public_text="Two?", answer="So.", **manager(LATER))
    said = text_of(post("manager", of(asked), LATER, public_text="Two?", answer="So."))
    assert "told with the next mail, tomorrow at 8am" in said
    assert now(asked) == (Status.ANSWERED, 2)


def test_what_is_published_before_the_morning_sends_no_mail_that_leaves_the_others_out(tender):
    waiting, early = left(tender, "Two?"), ask(tender, "Three?", "lead-b")
    assert "Publish now; the mail goes today at 8am" in read("manager", of(early), BEFORE)
    answers.answer(early, public_text="Three?", answer="So.", **manager(BEFORE))
    assert not mails()
    beat(EIGHT)
    assert [now(each)[1] for each in (early, waiting)] == [2, 3]
    assert {each.subject for each in mails()} == {"SF1: 2 questions are answered"}


def test_a_beat_that_sleeps_keeps_nobody_who_publishes_from_taking_them_along(tender):
    waiting, after = left(tender, "Two?"), ask(tender, "Three?")
    answers.answer(after, public_text="Three?", answer="So.", **manager(EIGHT + timedelta(minutes=10)))
    assert [now(each)[1] for each in (waiting, after)] == [2, 3]
    assert {each.subject for each in mails()} == {"SF1: 2 questions are answered"}


def test_only_a_manager_leaves_one_and_takes_it_back(tender):
    asked, observer = left(tender, "Two?"), cast.person("observer", at=PUBLISHED)
    with pytest.raises(WrongPerson):
        answers.leave_to_mail(ask(tender, "Three?"), public_text="Q?", answer="A.", by=observer, at=LATER)
    with pytest.raises(WrongPerson):
        answers.take_back(asked, by=observer, at=LATER)
    with pytest.raises(NotReady):
        answers.leave_all_to_mail(tender, [], **manager(LATER))
