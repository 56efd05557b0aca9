"""Scenes of a proposal: a consortium is formed, writes, counts its costs and submits."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from consortia.models import Consortium, Invitation
from odifund.core.models import OutboxMessage, Person
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import after
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import agreement, cost_line, proposal, proposal_part, section_text, submission
from tenders.actions import consortium as consortia
from tenders.models import Proposal, Tender
from tenders.queries import agreement as agreements
from tenders.queries import draft

KEY = re.compile(r"key=([\w-]+)")


class Bid:
    """One proposal and what is done with it, by its words."""

    def __init__(self, parties: Parties, reference: str, words: dict[str, Any]) -> None:
        self.parties = parties
        self.reference = reference
        self.words = words
        self.lead: str = words["lead"]
        self.members: list[str] = words["members"]
        self.keys: dict[str, str] = {}

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.reference)

    def proposal(self) -> Proposal:
        """The proposal as it is now."""
        return Proposal.objects.get(tender__reference=self.reference, title=self.words["title"])

    def writing_scenes(self, started: date) -> list[Scene]:
        """From forming the consortium to the last cost line, in four working days."""
        first, second, third, fourth = (after(started, number) for number in range(4))
        scenes = [Scene(moment(first, 10, 12), self.start), Scene(moment(first, 10, 31), self.invite)]
        scenes += [
            Scene(moment(second, 9 + number, 20), self.accepts(key))
            for number, key in enumerate(self.members)
        ]
        scenes += [
            Scene(moment(third, 13, 2 + 7 * number), self.writes(code, number))
            for number, code in enumerate(self.words["texts"])
        ]
        return [*scenes, Scene(moment(fourth, 15, 40), self.costs)]

    def submit_scene(self, day: date) -> Scene:
        """The lead submits."""
        return Scene(moment(day, 14, 10), self.submit)

    def submit_again_scene(self, day: date) -> Scene:
        """The lead finds a better word the same afternoon, and submits again."""
        return Scene(moment(day, 16, 35), self.submit_again)

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
        invited = [(self.parties.words[key]["name"], self.parties.speaker(key).email) for key in self.members]
        if waiting := self.words.get("invited"):
            invited.append((waiting["organisation"], waiting["email"]))
        for name, address in invited:
            consortia.invite(self._consortium(), organisation_name=name, email=address, by=by)
            mail = OutboxMessage.objects.filter(address=address, state=OutboxMessage.State.WAITING).latest(
                "queued_at"
            )
            if found := KEY.search(mail.body):
                self.keys[address] = found[1]

    def accepts(self, key: str) -> Act:
        """A member accepts with the key in its mail, read as a person would read it."""

        def act(at: datetime) -> None:
            by = self.parties.speaker(key)
            invitation = Invitation.objects.get(consortium=self._consortium(), email=by.email)
            consortia.accept(
                invitation, key=self.keys[by.email], organisation=self.parties.organisations[key], by=by
            )

        return act

    def writes(self, code: str, turn: int) -> Act:
        """The organisations of the consortium take turns at the sections."""

        def act(at: datetime) -> None:
            made = self.proposal()
            section = made.tender.sections.get(criterion__code=code)
            writers = [self.lead, *self.members]
            by = self.parties.speaker(writers[turn % len(writers)])
            words = self.words["texts"][code].strip()
            section_text.save(made, section, text=words, base_revision=0, by=by, at=at)

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
        proposal_part.confirm_eligibility(made, by=self.parties.speaker(self.lead), at=at)
        self._agree(self.words.get("lines_agreed", []), at)

    def submit(self, at: datetime) -> None:
        """What stands in the draft becomes a version with a receipt."""
        by = self.parties.speaker(self.lead)
        self._say_the_rest(by, at)
        self._agree(self.members, at)
        submission.submit(self.proposal(), key=uuid4(), by=by, seen_at=at)

    def submit_again(self, at: datetime) -> None:
        """The summary that may be published ends otherwise; the later version replaces the first."""
        made, by = self.proposal(), self.parties.speaker(self.lead)
        summary = f"{self.words['summary'].strip()} Everybody can use what we make."
        proposal_part.set_publication(made, publishes="summary", public_summary=summary, by=by, at=at)
        submission.submit(made, key=uuid4(), by=by, seen_at=at)

    def _say_the_rest(self, by: Person, at: datetime) -> None:
        made = self.proposal()
        proposal_part.declare(made, by=by, at=at)
        proposal_part.plan_payments(made, vat="standard", payments={}, by=by, at=at)
        summary = self.words["summary"].strip()
        proposal_part.set_publication(made, publishes="summary", public_summary=summary, by=by, at=at)

    def _agree(self, partners: list[str], at: datetime) -> None:
        """These partners agree to their lines."""
        read = draft.of(self.proposal())
        organisations = {self.parties.organisations[key].pk: key for key in partners}
        for member in read.members:
            if key := organisations.get(member.organisation_id):
                seen, by = agreements.seen(read, member), self.parties.speaker(key)
                agreement.agree(self.proposal(), member, seen=seen, by=by, at=at)

    def _consortium(self) -> Consortium:
        return self.proposal().consortium
