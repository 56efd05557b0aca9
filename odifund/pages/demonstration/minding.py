"""Scenes of the desk: what the manager announces, corrects and puts on file, and a later deadline."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

from odifund.core.models import Person
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import after, extended
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import correction, extension, file_note, incident, notice, problem
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
        """In the first days a notice, a note of what was said outside the portal, and a correction."""
        second, third, fourth = (after(published, number) for number in (2, 3, 4))
        return [
            *(Scene(moment(second, 10, 5), self._notifies(each)) for each in self.words["notices"]),
            *(Scene(moment(third, 11, 40), self._notes(each)) for each in self.words["file_notes"]),
            Scene(moment(fourth, 10, 20), self.correct),
        ]

    def _notifies(self, words: dict[str, str]) -> Act:
        return lambda at: notice.publish(self.tender(), **words, by=self.manager(), at=at)

    def _notes(self, words: dict[str, Any]) -> Act:
        ago = timedelta(minutes=20)
        return lambda at: file_note.record(
            self.tender(), **words, happened_at=at - ago, by=self.manager(), at=at
        )

    def correct(self, at: datetime) -> None:
        """Some of its words are put in place of others; everybody is told both, and why."""
        words = self.words["correction"]
        changed = {name: text.strip() for name, text in words.items() if name != "why"}
        correction.correct(self.tender(), changed, why=words["why"].strip(), by=self.manager(), at=at)

    # The last afternoon, and a later deadline

    def last_hours_scenes(self, day: date) -> list[Scene]:
        """Something goes wrong: it is reported, put on record, and two people move the deadline in time."""
        notes = self.words["file_notes"]
        return [
            Scene(moment(day, 14, 22), self.reported),
            *(Scene(moment(day, 14, 45), self._notes(each)) for each in notes),
            Scene(moment(day, 15, 5), self.record),
            Scene(moment(day, 15, 20), self.propose_extending),
            Scene(moment(day, 15, 45), self.extend),
        ]

    def reported(self, at: datetime) -> None:
        """Somebody who is not signed in says what went wrong."""
        problem.report(**self.words["problem"], user=AnonymousUser(), at=at)

    def record(self, at: datetime) -> None:
        """The manager puts it into the log, ten minutes after it was over."""
        over = at - timedelta(minutes=10)
        incident.record(
            self.tender(),
            **self.words["incident"],
            began_at=over - timedelta(minutes=50),
            ended_at=over,
            by=self.manager(),
            at=at,
        )

    def propose_extending(self, at: datetime) -> None:
        """The first of two people: the deadline so many working days later, and perhaps all that follows."""
        words, made = self.words["extension"], self.tender()
        assert made.proposals_close_at is not None
        extension.propose(
            made,
            to_at=extended(made.proposals_close_at, words["working_days"]),
            reason=words["reason"].strip(),
            move_later=words["move_later"],
            incident=made.incidents.first(),
            by=self.manager(),
            at=at,
        )

    def extend(self, at: datetime) -> None:
        """The second of two people confirms it."""
        extension.extend(self.tender(), number=1, by=self.parties.person("approver"), at=at)
