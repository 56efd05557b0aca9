"""Words that everybody will read, looked through for what could tell who asked a question."""

from collections.abc import Callable
from typing import Any, ClassVar

from odifund.core.forms import Form, TickField

Giveaways = Callable[[str], list[str]]
"""The words of a text that could tell who asked."""


class PublicWords(Form):
    """`giveaways` finds them. A form with one is shown again, until it is ticked that it may stay."""

    looks_through: ClassVar[tuple[str, ...]] = ()
    """The fields that everybody will read: texts, and files by their names."""
    says: ClassVar[str] = "This names somebody who asked: {}. Take it out, or tick below that it may stay"
    of_file: ClassVar[str] = (
        "The name of the file names somebody who asked: {}. Choose it under another name, "
        "or again, and tick below that it may stay"
    )

    def __init__(self, *sent: Any, giveaways: Giveaways, **more: Any) -> None:
        super().__init__(*sent, **more)
        self.giveaways = giveaways

    def clean(self) -> dict[str, Any]:
        """Ask about a name, once: whoever ticks it goes on."""
        cleaned = dict(super().clean() or {})
        told = {name: words for name in self.looks_through if (words := self.tells(name, cleaned.get(name)))}
        if told:
            self.fields["may_stay"] = TickField(
                label="These words may stay: they do not tell who asked", required=False
            )
        if told and not self.data.get("may_stay"):
            for name, words in told.items():
                says = self.of_file if name in self.files else self.says
                self.add_error(name, says.format(", ".join(words)))
        return cleaned

    def tells(self, _name: str, said: Any) -> list[str]:
        """What in a field could tell who asked. A file is looked at by its name."""
        return self.giveaways(str(getattr(said, "name", said) or ""))
