"""Asking and answering."""

from odifund.core.forms import Form, LongTextField


class AskForm(Form):
    """A question to the ODI."""

    text = LongTextField(
        label="Your question",
        what="your question",
        characters=4000,
        rows=6,
        help_text="We publish it in our own words, without your name. Ask one thing at a time.",
    )


class AnswerForm(Form):
    """What everybody will read."""

    public_text = LongTextField(
        label="The question, as everybody will read it",
        what="the question as everybody will read it",
        characters=4000,
        rows=5,
        help_text="Leave out whatever could tell who asked: names, places, what they plan to propose.",
    )
    answer = LongTextField(label="The answer", characters=8000, rows=8)
