"""Scenes of the desk: what the manager announces, corrects and puts on file, and a later deadline."""

from datetime import date, datetime, timedelta
from typing import Any

from odifund.core.models import Person
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import after, extended
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import extension, file_note, notice
from tenders.models import Tender


class Desk:
    """What the fund's staff do with one tender while it is open, by the words of its round."""

    def __init__(self, parties: Parties, words: dict[str, Any]) -> None:
        self.parties = parties
        self.words = words

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.words["reference"])

    def manager(self) -> Person:
        """Who runs it."""
        return self.parties.person("manager")

    def open_scenes(self, published: date) -> list[Scene]:
        """In the first days a notice, and a note of what was said outside the portal."""
        second, third = after(published, 2), after(published, 3)
        return [
            *(Scene(moment(second, 10, 5), self._notifies(each)) for each in self.words["notices"]),
            *(Scene(moment(third, 11, 40), self._notes(each)) for each in self.words["file_notes"]),
        ]

    def _notifies(self, words: dict[str, str]) -> Act:
        return lambda at: notice.publish(self.tender(), **words, by=self.manager(), at=at)

    def _notes(self, words: dict[str, Any]) -> Act:
        ago = timedelta(minutes=20)
        return lambda at: file_note.record(
            self.tender(), **words, happened_at=at - ago, by=self.manager(), at=at
        )

    # A later deadline

    def propose_extending(self, at: datetime) -> None:
        """The first of two people: the deadline so many working days later, and perhaps all that follows."""
        words, made = self.words["extension"], self.tender()
        assert made.proposals_close_at is not None
        extension.propose(
            made,
            to_at=extended(made.proposals_close_at, words["working_days"]),
            reason=words["reason"].strip(),
            move_later=words["move_later"],
            by=self.manager(),
            at=at,
        )
