"""The texts of a draft: every save appends a revision, and none is ever lost.

A save names the revision it was based on. When somebody else saved in between, it is refused and
both texts are shown, so that the writer decides.
"""

from datetime import datetime

from odifund.core.errors import MovedOn
from odifund.core.models import Person
from tenders.actions import proposal as proposals
from tenders.models import Proposal, Section, SectionText


class EditedMeanwhile(MovedOn):
    """Somebody saved other words since. `newest` is theirs, `yours` was not saved and is not lost."""

    def __init__(self, newest: SectionText, yours: str) -> None:
        self.newest, self.yours = newest, yours
        super().__init__(f"{newest.saved_by} changed this text while you were writing.")


def save(
    proposal: Proposal, section: Section, *, text: str, base_revision: int, by: Person, at: datetime
) -> SectionText:
    """Append these words as the newest revision, if `base_revision` is still the newest.

    Words that are already the newest are not saved twice, so a repeated save does no harm.
    """
    words = text.replace("\r\n", "\n").replace("\r", "\n")
    with proposals.editing(proposal, by=by, at=at):
        newest = newest_text(proposal, section)
        if newest and newest.text == words:
            return newest
        if (newest.revision if newest else 0) != base_revision:
            if newest is None:
                raise MovedOn("This page is out of date. Open the section again; your words are still here.")
            raise EditedMeanwhile(newest, words)
        return SectionText.objects.create(
            proposal=proposal,
            section=section,
            revision=base_revision + 1,
            text=words,
            saved_by=by,
            saved_at=at,
        )


def newest_text(proposal: Proposal, section: Section) -> SectionText | None:
    """The section's newest revision."""
    saved = SectionText.objects.filter(proposal=proposal, section=section)
    return saved.select_related("saved_by").order_by("-revision").first()
