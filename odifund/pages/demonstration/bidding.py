"""Scenes of a proposal: a consortium is formed, writes, counts its costs and submits."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from consortia.models import Consortium, Invitation
from odifund.core.models import OutboxMessage
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.stage import Scene, moment
from tenders.actions import consortium as consortia
from tenders.actions import cost_line, proposal, section_text, submission
from tenders.models import Proposal, Tender

KEY = re.compile(r"key=([\w-]+)")


class Bid:
    """One proposal and what is done with it, by the words of its round."""

    def __init__(self, parties: Parties, reference: str, words: dict[str, Any]) -> None:
        self.parties = parties
        self.reference = reference
        self.words = words
        self.lead: str = words["lead"]
        self.keys: dict[str, str] = {}

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.reference)

    def proposal(self) -> Proposal:
        """The proposal as it is now."""
        return Proposal.objects.get(tender__reference=self.reference, title=self.words["title"])

    def scenes(self, started: date, submitted: date | None) -> list[Scene]:
        """From forming the consortium to submitting, or as far as a draft got."""
        days = [started + timedelta(days=number) for number in range(4)]
        scenes = [Scene(moment(days[0], 10, 12), self.start), Scene(moment(days[0], 10, 31), self.invite)]
        scenes += [
            Scene(moment(days[1], 9 + number, 20), self.accepts(number))
            for number in range(len(self.words["members"]))
        ]
        scenes += [
            Scene(moment(days[2], 13, 2 + 7 * number), self.writes(code))
            for number, code in enumerate(self.words["texts"])
        ]
        scenes.append(Scene(moment(days[3], 15, 40), self.costs))
        if submitted:
            scenes.append(Scene(moment(submitted, 14, 10), self.submit))
        return scenes

    def start(self, at: datetime) -> None:
        """The lead forms the consortium and starts the proposal."""
        by = self.parties.speaker(self.lead)
        lead = self.parties.organisations[self.lead]
        formed = consortia.form(self.tender(), lead=lead, name=self.words["title"], by=by)
        made = proposal.start(self.tender(), formed, title=self.words["title"], by=by, at=at)
        proposal.set_delivery_model(made, delivery_model=self.words["model"], by=by, at=at)

    def invite(self, at: datetime) -> None:
        """The lead invites every other organisation, and perhaps one that has not answered yet."""
        by = self.parties.speaker(self.lead)
        invited = [
            (self.parties.words[key]["name"], self.parties.speaker(key).email)
            for key in self.words["members"]
        ]
        if waiting := self.words.get("invited"):
            invited.append((waiting["organisation"], waiting["email"]))
        for name, address in invited:
            consortia.invite(self._consortium(), organisation_name=name, email=address, by=by)
            mail = OutboxMessage.objects.filter(address=address, state=OutboxMessage.State.WAITING).latest(
                "queued_at"
            )
            if found := KEY.search(mail.body):
                self.keys[address] = found[1]

    def accepts(self, number: int) -> Any:
        """A member accepts with the key in its mail, read as a person would read it."""

        def act(at: datetime) -> None:
            key = self.words["members"][number]
            by = self.parties.speaker(key)
            invitation = Invitation.objects.get(consortium=self._consortium(), email=by.email)
            consortia.accept(
                invitation, key=self.keys[by.email], organisation=self.parties.organisations[key], by=by
            )

        return act

    def writes(self, code: str) -> Any:
        """Somebody of the consortium writes the section of this criterion."""

        def act(at: datetime) -> None:
            made = self.proposal()
            section = made.tender.sections.get(criterion__code=code)
            section_text.save(
                made,
                section,
                text=self.words["texts"][code].strip(),
                base_revision=0,
                by=self.parties.speaker(self.lead),
                at=at,
            )

        return act

    def costs(self, at: datetime) -> None:
        """The cost lines, in order."""
        made = self.proposal()
        for line in self.words["costs"]:
            cost = cost_line.Cost(
                organisation=self.parties.organisations[line["organisation"]],
                what=line["what"],
                kind=line["kind"],
                days=Decimal(line["days"]) if "days" in line else None,
                day_rate=Decimal(line["rate"]) if "rate" in line else None,
                amount=Decimal(line["amount"]) if "amount" in line else None,
            )
            cost_line.add(made, cost, by=self.parties.speaker(self.lead), at=at)

    def submit(self, at: datetime) -> None:
        """The lead submits."""
        submission.submit(self.proposal(), key=uuid4(), by=self.parties.speaker(self.lead), seen_at=at)

    def _consortium(self) -> Consortium:
        return self.proposal().consortium
