"""Questions: asked privately, answered for everybody, and closed on the stroke of five."""

from datetime import timedelta

from tests.journeys.life.publishing import TITLE
from tests.journeys.story import london

CLOSE = london(1, 9, 17)


def a_newcomer_registers_watches_and_asks(story):
    story.turns_to(london(18, 8, 10))
    nia = story.nia.registers().reads("Where to begin").follows("Find an open tender").follows(TITLE)
    nia.presses("Watch this tender").reads("You watch this tender")
    nia.follows("Ask a question, and read all answers").reads("No answers yet")
    nia.presses("Ask the ODI", text="May Middling keep the licence it uses already? Nia Penhallow")
    nia.reads("We have your question")
    anybody = story.anybody.goes("/tenders/SF1/questions/").does_not_read("Middling", "Nia")
    anybody.reads("Sign in or register to ask. Reading needs neither.")


def staff_answer_and_nobody_learns_who_asked(story):
    story.turns_to(london(21, 8, 11))
    morgan = story.morgan.goes_home().follows("Answer 1 question about SF1").does_not_read(story.nia.email)
    morgan.follows("Answer the question of 10am on Friday 18 August 2017").presses(
        "Publish question and answer",
        public_text="May an organisation keep the open licence it uses already?",
        answer="Yes, if others may copy, change and share the data under it.",
    )
    story.works()
    (letter,) = story.nia.letters("question 1 is answered")
    assert "copy, change and share" in letter.body
    anybody = story.anybody.goes("/tenders/SF1/questions/").does_not_read("Middling", "Nia")
    anybody.reads("May an organisation keep", "Question 1, answered at 11am on Monday 21 August 2017")


def watchers_are_reminded_two_days_before_questions_close(story):
    """To the second, and once; staff are not."""
    words = "questions close at 5pm on Friday 1 September 2017"
    story.turns_to(CLOSE - timedelta(days=2, seconds=1))
    assert story.nia.letters(words) == []
    story.turns_to(CLOSE - timedelta(days=2))
    story.turns_to(london(31, 8))
    assert len(story.nia.letters(words)) == 1
    assert story.morgan.letters(words) == []


def a_question_is_taken_at_a_minute_to_five_and_refused_at_five(story):
    story.turns_to(CLOSE - timedelta(minutes=1))
    for person in (story.callum, story.priya):
        person.goes("/tenders/SF1/").follows("Ask a question, and read all answers").reads("1 minute left")
    callum = story.callum.presses("Ask the ODI", text="Does Sampleton have to host the prototype?")
    callum.reads("We have your question")
    story.at = CLOSE
    priya = story.priya.presses("Ask the ODI", text="Is five o’clock too late?")
    priya.reads("Questions closed at 5pm on Friday 1 September 2017", "judged at 5:00:00pm")
    assert priya.page.form_to_fill("text").values["text"] == ["Is five o’clock too late?"]


def every_answer_is_out_and_everybody_watching_is_told(story):
    """Who watches, who asked, and who is named on a proposal."""
    story.turns_to(london(4, 9, 10))
    morgan = story.morgan.goes_home().follows("Answer 1 question about SF1").does_not_read("five o’clock")
    said = {"public_text": "Who hosts the prototype?", "answer": "Whoever you choose."}
    morgan.follows("Answer the question of 4:59pm …").presses("Publish question and answer", **said)
    story.works()
    told = [story.nia, story.callum, story.priya, story.ines, story.wendy]
    assert [len(person.letters("question 2 is answered")) for person in told] == [1] * len(told)
    anybody = story.anybody.goes("/tenders/SF1/questions/").does_not_read("Sampleton", "Callum")
    anybody.reads("Questions closed", "Who hosts the prototype?")
