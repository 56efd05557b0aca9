"""Asking and answering."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from odifund.core.forms import ChoiceField, ChoicesField, Form, LongTextField, SelectField, TickField, choice
from tenders.forms.public_words import PublicWords


class AskForm(Form):
    """A question to the ODI."""

    text = LongTextField(
        label="Your question",
        what="your question",
        characters=4000,
        rows=6,
        help_text="We publish it in our own words, without your name. Ask one thing at a time.",
    )
    is_private = TickField(
        label="It is only about our own affairs: answer us alone",
        required=False,
        help_text="If it would help others too, we ask you first to agree to a wording for everybody.",
    )


def _when(mail: str) -> ChoiceField:
    """Whether an answer waits for the mail, where that goes later: `mail` is its moment in words."""
    day, _, time = mail.partition(" at ")
    return ChoiceField(
        label="When to publish",
        what="when to publish",
        initial="mail",
        choices=[
            choice(
                "mail",
                f"Publish with {day}’s mail, at {time}",
                "Everybody learns of it at the same moment. Until then it can be taken back.",
            ),
            choice(
                "now",
                f"Publish now; the mail goes {mail}",
                "Who looks at the page or follows the feed learns of it before the others.",
            ),
        ],
    )


class AnswerForm(PublicWords):
    """What everybody will read."""

    public_text = LongTextField(
        label="The question, as everybody will read it",
        what="the question as everybody will read it",
        characters=4000,
        rows=5,
        help_text="Leave out whatever could tell who asked: names, places, what they plan to propose.",
    )
    answer = LongTextField(label="The answer", characters=8000, rows=8)

    looks_through = ("public_text", "answer")
    says = "Take out what could tell who asked: {}"

    def __init__(self, *sent: Any, mail: str = "", **more: Any) -> None:
        super().__init__(*sent, **more)
        if mail:
            self.fields["when"] = _when(mail)

    @property
    def goes_with_mail(self) -> bool:
        """Whether it was chosen that the answer waits for the mail."""
        return bool(self.cleaned_data.get("when") == "mail")


class WordingForm(AnswerForm):
    """The wording that the asker of a private question is asked to agree to."""

    answer = None  # type: ignore[assignment]  # so does Django take an inherited field away


class AnswerAloneForm(Form):
    """The answer to a question about the asker's own affairs."""

    answer = LongTextField(
        label="The answer",
        characters=8000,
        rows=8,
        help_text="The asker alone reads it. Say nothing here that would help others to bid.",
    )


class MergeForm(Form):
    """With which answered question it is taken together."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["into"] = SelectField(
            label="It asks the same as",
            what="the question that asks the same",
            choices=[("", "Choose a question"), *choices],
        )


class DeclineForm(Form):
    """Why it is not answered."""

    reason = LongTextField(
        label="Why you do not answer",
        what="why you do not answer",
        characters=2000,
        rows=5,
        help_text="The asker alone reads it.",
    )


class PublishForm(Form):
    """Which prepared answers are published together."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        choices: Iterable[tuple[str, str]] = (),
        mail: str = "",
    ) -> None:
        super().__init__(data)
        self.fields["ready"] = ChoicesField(
            label="Ready to publish", what="the answers to publish", small=True, choices=list(choices)
        )
        if mail:
            self.fields["when"] = _when(mail)

    @property
    def goes_with_mail(self) -> bool:
        """Whether it was chosen that the answers wait for the mail."""
        return bool(self.cleaned_data.get("when") == "mail")
