"""Scenes of the panel: it declares, scores, agrees, and two people decide."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from odifund.core.models import Person
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.stage import Act, Scene, moment
from tenders.actions import decision, declaration, eligibility, moderation, opening, panel, score
from tenders.models import Panellist, Tender
from tenders.queries import panel as panels
from tenders.queries.ranking import Ranking

EVALUATOR, MODERATOR = Panellist.Part.EVALUATOR, Panellist.Part.MODERATOR


class Panel:
    """The panel of one round: `words` are the round's, `bids` what it scores."""

    def __init__(self, parties: Parties, words: dict[str, Any], bids: Sequence[Bid]) -> None:
        self.parties = parties
        self.reference: str = words["reference"]
        self.evaluators: list[str] = words["panel"]
        self.conflict: dict[str, str] = words.get("conflict", {})
        self.bids = bids

    def tender(self) -> Tender:
        """The tender as it is now."""
        return Tender.objects.get(reference=self.reference)

    def person(self, key: str) -> Person:
        """Somebody by key or name, read anew."""
        return self.parties.person(key)

    def opening_scenes(self, day: date) -> list[Scene]:
        """Two people open the seal, the panel is named and declares, eligibility is recorded."""
        return [
            Scene(
                moment(day, 9, 5),
                lambda at: opening.propose_opening(self.tender(), by=self.person("manager"), at=at),
            ),
            Scene(
                moment(day, 9, 20), lambda at: opening.open(self.tender(), by=self.person("approver"), at=at)
            ),
            Scene(moment(day, 9, 40), self.name),
            Scene(moment(day, 10, 15), self.declare),
            Scene(moment(day, 10, 40), self.check),
        ]

    def name(self, at: datetime) -> None:
        """The manager names the panel; a deputy stands in where there is a conflict."""
        by = self.person("manager")
        for key in self.evaluators:
            panel.name(self.tender(), self.person(key), part=EVALUATOR, by=by, at=at)
        panel.name(self.tender(), self.person("moderator"), part=MODERATOR, by=by, at=at)
        if self.conflict:
            deputy = self.person(self.conflict["deputy"])
            panel.name(self.tender(), deputy, part=EVALUATOR, is_deputy=True, by=by, at=at)

    def declare(self, at: datetime) -> None:
        """Each declares about every organisation; one has worked with one of them."""
        deputies = [self.conflict["deputy"]] if self.conflict else []
        for key in [*self.evaluators, "moderator", *deputies]:
            answers = dict.fromkeys(panels.organisations_of(self.tender()), (False, ""))
            if key == self.conflict.get("panellist"):
                known = self.parties.organisations[self.conflict["organisation"]].pk
                answers[known] = (True, self.conflict["reason"])
            declaration.declare(self.tender(), answers, by=self.person(key), at=at)

    def check(self, at: datetime) -> None:
        """The manager finds every proposal eligible."""
        for bid in self.bids:
            eligibility.record(bid.proposal(), eligible=True, reason="", by=self.person("manager"), at=at)

    def scoring_scenes(self, days: Sequence[date]) -> list[Scene]:
        """Whoever has words for a proposal scores it, spread over these days."""
        return [
            Scene(
                moment(days[number % len(days)], 11 + number // len(days), 5 + 12 * turn),
                self.scores(bid, key),
            )
            for number, bid in enumerate(self.bids)
            for turn, key in enumerate(bid.words.get("panel", {}))
        ]

    def scores(self, bid: Bid, key: str) -> Act:
        """One evaluator scores one proposal criterion by criterion, and locks it unless it is a draft."""

        def act(at: datetime) -> None:
            by, given = self.person(key), bid.words["panel"][key]
            for criterion in self.tender().criteria.filter(code__in=given):
                points, words = given[criterion.code]
                score.save(bid.proposal(), criterion, score=points, reason=words, by=by, at=at)
            if not given.get("draft"):
                score.lock(bid.proposal(), by=by, at=at)

        return act

    def agreeing_scenes(self, day: date, hour: int) -> list[Scene]:
        """The panel agrees on one proposal after another."""
        agreed = [bid for bid in self.bids if "agreed" in bid.words]
        return [Scene(moment(day, hour + number, 45), self.agrees(bid)) for number, bid in enumerate(agreed)]

    def agrees(self, bid: Bid) -> Act:
        """The moderator records what the panel agreed on."""

        def act(at: datetime) -> None:
            by = self.person("moderator")
            started = moderation.start(bid.proposal(), by=by, at=at)
            for criterion in self.tender().criteria.all():
                points, words = bid.words["agreed"][criterion.code]
                moderation.save(started, criterion, score=points, reason=words, by=by, at=at)
            moderation.agree(started, by=by, at=at)

        return act

    def decision_scenes(self, day: date) -> list[Scene]:
        """The manager proposes what the published rule awards, the approver approves."""

        def propose(at: datetime) -> None:
            chosen = [UUID(key) for key in Ranking(self.tender()).fitting]
            decision.propose(self.tender(), chosen, by=self.person("manager"), at=at)

        def approve(at: datetime) -> None:
            decision.approve(self.tender().decision, by=self.person("approver"), at=at)

        return [Scene(moment(day, 10, 30), propose), Scene(moment(day, 14, 5), approve)]
