"""An evaluator's pile: every opened proposal of the tender, with their own scores and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef

from tenders.completeness import conflict_of
from tenders.models import Criterion, Eligibility, Proposal, Score, Tender, Version
from tenders.queries.panel import Entry, criteria_of, opened_versions

if TYPE_CHECKING:
    from odifund.core.drawing.pile import Mark
    from odifund.core.models import Person


@dataclass(frozen=True)
class Cell:
    """One criterion of one proposal, as far as the evaluator has got."""

    criterion: Criterion
    score: Score | None

    @property
    def is_complete(self) -> bool:
        """Whether it has both its score and its reason."""
        return self.score is not None and self.score.score is not None and bool(self.score.reason)

    @property
    def said(self) -> str:
        """Where it stands, in words."""
        if self.score is None or (self.score.score is None and not self.score.reason):
            return "Not scored"
        if self.score.score is None:
            return "Reason, no score"
        return f"Scored {self.score.score}" if self.score.reason else f"{self.score.score}, no reason"


@dataclass(frozen=True)
class Item(Entry):
    """One proposal of the pile. A blocked one shows neither title nor members."""

    number: int
    blocked: bool
    not_eligible: bool
    cells: Sequence[Cell]

    @property
    def key(self) -> UUID:
        """The proposal's key."""
        return self.version.proposal_id

    @property
    def is_mine(self) -> bool:
        """Whether it is to be scored by this evaluator."""
        return not self.blocked and not self.not_eligible

    @property
    def is_locked(self) -> bool:
        """Whether the scores are locked."""
        return any(cell.score and cell.score.locked_at for cell in self.cells)

    @property
    def is_complete(self) -> bool:
        """Whether every criterion has its score and reason."""
        return bool(self.cells) and all(cell.is_complete for cell in self.cells)

    @property
    def is_begun(self) -> bool:
        """Whether there is any score or reason."""
        return any(cell.score for cell in self.cells)

    @property
    def first_open(self) -> Criterion:
        """Where to go on: the first criterion that lacks something, or the first."""
        return next((cell for cell in self.cells if not cell.is_complete), self.cells[0]).criterion


class Pile:
    """The evaluator's pile in the order of titles: three queries, however long it is."""

    def __init__(self, tender: Tender, person: "Person") -> None:
        self.tender = tender
        self.criteria: list[Criterion] = criteria_of(tender)
        mine: dict[UUID, dict[UUID, Score]] = {}
        for score in Score.objects.filter(proposal__tender=tender, evaluator=person):
            mine.setdefault(score.proposal_id, {})[score.criterion_id] = score
        failed = Eligibility.objects.filter(proposal=OuterRef("proposal"), eligible=False)
        versions = (
            opened_versions(tender)
            .filter(proposal__status=Proposal.Status.SUBMITTED)
            .annotate(
                blocked=conflict_of(person, "tender", "proposal__consortium"), not_eligible=Exists(failed)
            )
            .defer("manifest")
        )
        self.items = [self._item(n, version, mine) for n, version in enumerate(versions, start=1)]

    def _item(self, number: int, version: Version, mine: dict[UUID, dict[UUID, Score]]) -> Item:
        scores = mine.get(version.proposal_id, {})
        cells = [Cell(criterion, scores.get(criterion.pk)) for criterion in self.criteria]
        blocked, failed = getattr(version, "blocked"), getattr(version, "not_eligible")  # noqa: B009
        return Item(version, number, blocked, failed, cells)

    def item(self, proposal: Proposal) -> Item:
        """The proposal's place in the pile."""
        return next(item for item in self.items if item.key == proposal.pk)

    @property
    def mine(self) -> list[Item]:
        """What is to be scored by this evaluator."""
        return [item for item in self.items if item.is_mine]

    @property
    def blocked(self) -> int:
        """How many are taken away by a declared interest."""
        return sum(item.blocked for item in self.items)

    @property
    def scored(self) -> int:
        """How many have every score and reason."""
        return sum(item.is_complete for item in self.mine)

    @property
    def locked(self) -> int:
        """How many are locked."""
        return sum(item.is_locked for item in self.mine)

    @property
    def next(self) -> Item | None:
        """The first that still lacks something."""
        return next((item for item in self.mine if not item.is_complete), None)

    @property
    def to_lock(self) -> Item | None:
        """The first that lacks nothing but to be locked."""
        return next((item for item in self.mine if item.is_complete and not item.is_locked), None)

    def after(self, item: Item) -> Item | None:
        """The next one to score after this, wrapping round to the first that lacks something."""
        later = [other for other in self.mine if other.number > item.number and not other.is_complete]
        return next(iter(later), self.next if self.next != item else None)

    def marks(self, now: Item | None = None) -> "list[Mark]":
        """For the drawing."""
        return [self._mark(item, now) for item in self.items]

    @staticmethod
    def _mark(item: Item, now: Item | None) -> "Mark":
        if item == now:
            return "settled" if item.is_locked else "now"
        if not item.is_mine:
            return "blocked"
        return "done" if item.is_complete else "open"
