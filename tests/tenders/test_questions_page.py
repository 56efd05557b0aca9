"""The page of questions: anybody reads, who is outside the fund asks, and nobody learns who asked."""

from datetime import timedelta

import pytest

from odifund.core.models import OutboxMessage
from tenders.models import LateAttempt, Question, Watch
from tests import cast
from tests.factories.tender import PUBLISHED, QUESTIONS_CLOSE, draft_tender, published_tender
from tests.factories.visit import confirmed, text_of, visiting

pytestmark = pytest.mark.django_db
PAGE = "/tenders/SF1/questions/"
SCRIPT = "<script>alert(1)</script>"
LATER = PUBLISHED + timedelta(days=3)


@pytest.fixture(autouse=True)
def tender():
    return published_tender()


def ask(player, text, at=LATER):
    with visiting(player, at=at) as client:
        return client.post(PAGE, {"text": text}, follow=True)


def answer(question, **words):
    with visiting("manager", at=LATER) as client:
        return client.post(f"/tenders/SF1/questions/{question.pk}/answer/", words, follow=True)


def read(player=None, at=LATER, page=PAGE):
    with visiting(player, at=at) as client:
        return client.get(page)


def test_anybody_reads_and_is_told_how_to_ask():
    page = text_of(read())
    assert "No answers yet" in page
    assert "/sign-in/?next=/tenders/SF1/questions/" in page
    assert "<textarea" not in page


def test_who_asks_sees_it_waiting_and_nobody_else_outside_the_fund_does():
    page = text_of(ask("lead-a", "May a university be a member?"))
    assert "We have your question" in page
    assert "May a university be a member?" in page
    for player in (None, "lead-b", "newcomer"):
        assert "university" not in text_of(read(player))


def test_the_asker_and_their_words_are_found_nowhere_public():
    planted = "Zanzibarnacle Parish pilots kerbside sensors"
    ask("lead-a", planted)
    answer(Question.objects.get(), public_text="May sensors be bought?", answer="Yes, up to a tenth.")
    for player in (None, "lead-b", "newcomer", "evaluator-1", "finance", "administrator"):
        for page in (PAGE, "/tenders/SF1/"):
            words = text_of(read(player, page=page))
            for secret in ("Zanzibarnacle", "Priya", "Exampleshire"):
                assert secret not in words, (player, page, secret)
    assert "May sensors be bought?" in text_of(read())


def test_the_queue_and_the_answer_page_do_not_say_who_asked():
    ask("lead-a", "May sensors be bought?")
    question = Question.objects.get()
    for page in (f"{PAGE}waiting/", f"{PAGE}{question.pk}/answer/"):
        words = text_of(read("manager", page=page))
        assert "May sensors be bought?" in words
        assert "Priya" not in words
        assert "priya.nair" not in words


def test_an_answer_is_published_numbered_and_leaves_the_queue():
    ask("lead-a", "May sensors be bought?")
    page = text_of(answer(Question.objects.get(), public_text="May they?", answer="Yes."))
    assert "Question 1 is published" in page
    assert "Nothing waits" in page
    assert 'id="question-1"' in text_of(read())


@pytest.mark.parametrize(
    ("player", "status"),
    [(None, 302), ("lead-a", 404), ("newcomer", 404), ("evaluator-1", 403), ("finance", 403)],
)
def test_the_staff_s_pages_do_not_exist_for_others(player, status):
    ask("lead-b", "Mine?")
    question = Question.objects.get()
    for page in (f"{PAGE}waiting/", f"{PAGE}{question.pk}/answer/"):
        assert read(player, page=page).status_code == status


def test_the_approver_reads_the_queue_and_only_a_manager_answers():
    ask("lead-a", "Mine?")
    assert read("approver", page=f"{PAGE}waiting/").status_code == 200
    assert read("approver", page=f"{PAGE}{Question.objects.get().pk}/answer/").status_code == 403


def test_a_forged_key_of_a_question_is_not_found():
    forged = "9c4b7f0e-53c5-4b5e-8a0e-0d8b0f6a1c11"
    assert read("manager", page=f"{PAGE}{forged}/answer/").status_code == 404


def test_a_question_of_another_tender_is_not_found_under_this_one():
    published_tender(reference="SF2")
    ask("lead-a", "Mine?")
    assert (
        read("manager", page=f"/tenders/SF2/questions/{Question.objects.get().pk}/answer/").status_code == 404
    )


def test_a_question_on_the_cut_off_is_refused_with_both_times_and_what_was_typed():
    response = ask("lead-a", "Too slow, with my careful words", at=QUESTIONS_CLOSE)
    page = text_of(response)
    assert response.status_code == 409
    assert "Questions had closed when yours reached us" in page
    assert "5pm on Friday 1 September 2017" in page
    assert "5:00:00pm on Friday 1 September 2017" in page
    assert "Too slow, with my careful words" in page
    assert "020 7946 0142" in page
    assert LateAttempt.objects.count() == 1
    assert not Question.objects.exists()
    assert not Watch.objects.exists()


def test_after_the_cut_off_there_is_no_box_and_the_page_says_when_it_closed():
    page = text_of(read("lead-a", at=QUESTIONS_CLOSE))
    assert "Questions closed at 5pm on Friday 1 September 2017" in page
    assert "<textarea" not in page


def test_an_empty_or_endless_question_comes_back_with_a_message():
    assert "Enter your question" in text_of(ask("lead-a", "   "))
    page = text_of(ask("lead-a", "word " * 1000))
    assert "must be 4,000 characters or fewer" in page
    assert "word word" in page
    assert not Question.objects.exists()


def test_somebody_signed_out_while_writing_keeps_their_words():
    response = ask(None, "I wrote for an hour")
    assert "I wrote for an hour" in text_of(response)
    assert "Sign in to ask" in text_of(response)
    assert not Question.objects.exists()


def test_script_in_every_text_is_only_shown():
    ask("lead-a", SCRIPT)
    assert SCRIPT not in text_of(read("lead-a"))
    question = Question.objects.get()
    for page in (f"{PAGE}waiting/", f"{PAGE}{question.pk}/answer/"):
        assert SCRIPT not in text_of(read("manager", page=page))
    answer(question, public_text=f"Q {SCRIPT}", answer=f"A {SCRIPT}")
    page = text_of(read())
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


def test_one_of_two_managers_answering_at_once_is_told_that_it_was_answered():
    ask("lead-a", "Mine?")
    question = Question.objects.get()
    answer(question, public_text="First?", answer="Yes.")
    assert answer(question, public_text="Second?", answer="No.").status_code == 409
    assert "Second?" not in text_of(read())


def test_a_draft_s_questions_exist_for_staff_alone():
    draft_tender(reference="SF9")
    assert read(page="/tenders/SF9/questions/").status_code == 404
    assert read("lead-a", page="/tenders/SF9/questions/").status_code == 404


def test_watching_is_a_button_and_opening_the_page_changes_nothing():
    read("newcomer", page="/tenders/SF1/watch/")
    assert not Watch.objects.exists()
    with visiting("newcomer", at=LATER) as client:
        client.post("/tenders/SF1/watch/start/")
        assert "Stop watching" in text_of(client.get("/tenders/SF1/watch/"))
        assert client.get("/tenders/SF1/watch/stop/").status_code == 405
        assert Watch.objects.filter(ended_at=None).exists()
        client.post("/tenders/SF1/watch/stop/")
    assert not Watch.objects.filter(ended_at=None).exists()


def test_a_notice_is_written_by_a_manager_and_mailed():
    page, words = "/tenders/SF1/notices/publish/", {"title": f"Q & A {SCRIPT}", "text": "Step-free access."}
    cast.person("newcomer", at=LATER)
    with visiting("newcomer", at=LATER) as client:
        client.post("/tenders/SF1/watch/start/")
        assert client.get(page).status_code == 404
    with visiting("approver", at=LATER) as client:
        assert client.post(page, words).status_code == 403
    with visiting("manager", at=LATER) as client:
        assert "Enter the heading" in text_of(client.post(page, {"title": "", "text": "x"}))
        read = text_of(client.post(page, words))
        assert "This is what everybody will read" in read
        assert SCRIPT not in read
        assert not OutboxMessage.objects.filter(kind="tenders/notice_published").exists()
        assert confirmed(client, page, words).status_code == 302
    assert OutboxMessage.objects.filter(kind="tenders/notice_published").count() == 1
