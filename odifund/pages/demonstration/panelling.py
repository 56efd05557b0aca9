"""Scenes of the panel: it declares, scores, agrees, and two people decide."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from odifund.core.models import Person
from odifund.pages.demonstration import content
from odifund.pages.demonstration.bidding import Bid
from odifund.pages.demonstration.parties import DEPUTY, Parties
from odifund.pages.demonstration.stage import Scene, moment
from tenders.actions import decision, declaration, eligibility, moderation, opening, panel, score
from tenders.models import Criterion, Panellist, Tender
from tenders.queries import panel as panels

EVALUATORS = ("evaluator-1", "evaluator-2", "evaluator-3")
SWAY = {"evaluator-1": (0, 0, 1, 0, -1), "evaluator-2": (0, -1, 0, 0, 0), "evaluator-3": (-1, 0, 0, 1, 0)}
"""How each evaluator's score differs from the agreed one, criterion by criterion."""


class Panel:
    """The panel of one round."""

    def __init__(self, parties: Parties, reference: str, bids: list[Bid], conflict: str = "") -> None:
        self.parties = parties
        self.reference = reference
        self.bids = bids
        self.conflict = conflict
        self.reasons: dict[str, dict[str, list[str]]] = content.read("reasons")

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
        for key in EVALUATORS:
            panel.name(self.tender(), self.person(key), part=Panellist.Part.EVALUATOR, by=by, at=at)
        panel.name(self.tender(), self.person("moderator"), part=Panellist.Part.MODERATOR, by=by, at=at)
        if self.conflict:
            deputy = self.person(DEPUTY)
            panel.name(self.tender(), deputy, part=Panellist.Part.EVALUATOR, is_deputy=True, by=by, at=at)

    def declare(self, at: datetime) -> None:
        """Each declares about every organisation; one has worked with one of them."""
        for key in self._panellists():
            organisations = panels.organisations_of(self.tender())
            answers = dict.fromkeys(organisations, (False, ""))
            if self.conflict and key == "evaluator-2":
                known = self.parties.organisations[self.conflict].pk
                answers[known] = (True, "I worked there until last spring and know the team.")
            declaration.declare(self.tender(), answers, by=self.person(key), at=at)

    def check(self, at: datetime) -> None:
        """The manager finds every proposal eligible."""
        for bid in self.bids:
            eligibility.record(bid.proposal(), eligible=True, reason="", by=self.person("manager"), at=at)

    def scores_all(self, bid: Bid, key: str, *, lock: bool = True) -> Callable[[datetime], None]:
        """One evaluator scores one proposal, and locks it."""

        def act(at: datetime) -> None:
            by = self.person(key)
            for number, criterion in enumerate(self.tender().criteria.all()):
                given = self._score(bid, key, number, criterion)
                words = self._reason(criterion, given, bid, key)
                score.save(bid.proposal(), criterion, score=given, reason=words, by=by, at=at)
            if lock:
                score.lock(bid.proposal(), by=by, at=at)

        return act

    def agrees(self, bid: Bid) -> Callable[[datetime], None]:
        """The moderator records what the panel agreed on."""

        def act(at: datetime) -> None:
            by = self.person("moderator")
            started = moderation.start(bid.proposal(), by=by, at=at)
            for criterion in self.tender().criteria.all():
                moderation.save(
                    started,
                    criterion,
                    score=bid.words["scores"][criterion.code],
                    reason=bid.words["reasons"][criterion.code],
                    by=by,
                    at=at,
                )
            moderation.agree(started, by=by, at=at)

        return act

    def scoring_scenes(self, day: date) -> list[Scene]:
        """Everybody scores everything over two days, and the panel agrees on the third."""
        scenes = []
        for number, bid in enumerate(self.bids):
            for turn, key in enumerate(EVALUATORS):
                at = moment(day + timedelta(days=number % 2), 11 + number // 2, 5 + 12 * turn)
                scenes.append(Scene(at, self.scores_all(bid, key)))
            scenes.append(Scene(moment(day + timedelta(days=2), 10 + number, 15), self.agrees(bid)))
        return scenes

    def decision_scenes(self, day: date, awarded: list[Bid]) -> list[Scene]:
        """The manager proposes the awards, the approver approves."""

        def propose(at: datetime) -> None:
            keys = [bid.proposal().pk for bid in awarded]
            decision.propose(self.tender(), keys, by=self.person("manager"), at=at)

        def approve(at: datetime) -> None:
            decision.approve(self.tender().decision, by=self.person("approver"), at=at)

        return [Scene(moment(day, 10, 30), propose), Scene(moment(day, 14, 5), approve)]

    def _panellists(self) -> list[str]:
        return [*EVALUATORS, "moderator", *([DEPUTY] if self.conflict else [])]

    def _score(self, bid: Bid, key: str, number: int, criterion: Criterion) -> int:
        agreed = bid.words.get("scores", {}).get(criterion.code, 4)
        sway = SWAY.get(key, (0, 0, 0, 0, 0))[number % 5]
        return max(2, min(5, int(agreed) + sway))

    def _reason(self, criterion: Criterion, given: int, bid: Bid, key: str) -> str:
        sentences: list[str] = self.reasons[criterion.code][str(given)]
        return sentences[(len(bid.words["key"]) + len(key)) % len(sentences)]
