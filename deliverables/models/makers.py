"""Who made something, as they are to be named by whoever cites it."""

from django.db import models

from odifund.core.wording import in_one_breath


class Made(models.Model):
    """Something with makers: one on a line, because names have commas and "and" in them."""

    authors = models.CharField(max_length=300)

    class Meta:
        abstract = True

    @property
    def makers(self) -> list[str]:
        """Each by their name."""
        return [name for line in self.authors.splitlines() if (name := line.strip())]

    @property
    def made_by(self) -> str:
        """All of them in one breath."""
        return in_one_breath(self.makers)

    @property
    def made_by_in_short(self) -> str:
        """The first of them, and others where there are any: for a card."""
        first, *others = self.makers or [""]
        return f"{first} and {others[0] if len(others) == 1 else 'others'}" if others else first
