"""The scoring desk: one proposal of the pile, criterion by criterion."""

from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tenders.models import AgreedScore, Criterion, Proposal, ScaleStep, Score, Version
from tenders.queries.contents import Contents, Text
from tenders.queries.panel import opened_versions
from tenders.queries.pile import Cell, Item, Pile

if TYPE_CHECKING:
    from odifund.core.models import Person


def initial_of(score: Score | AgreedScore | None) -> dict[str, object]:
    """What the form of a score starts with."""
    return {"score": score.score, "reason": score.reason, "note": score.note} if score else {}


def texts_for(criterion: Criterion, contents: Contents) -> list[Text]:
    """The texts of the sections that answer this criterion, which is one of `criteria_of`."""
    keys: list[UUID] = getattr(criterion, "answered_by")  # noqa: B009
    return [text for key in keys if (text := contents.text_of(key))]


class Desk:
    """What an evaluator has before them."""

    def __init__(self, proposal: Proposal, person: "Person") -> None:
        self.proposal = proposal
        self.pile = Pile(proposal.tender, person)
        self.item: Item = self.pile.item(proposal)

    @cached_property
    def version(self) -> Version:
        """The opened version."""
        return opened_versions(self.proposal.tender).get(proposal=self.proposal)

    @cached_property
    def scale(self) -> list[ScaleStep]:
        """What each score means."""
        return list(self.proposal.tender.scale.all())

    def cell(self, code: str) -> Cell | None:
        """The criterion with this code."""
        return next((cell for cell in self.item.cells if cell.criterion.code == code), None)

    def after(self, cell: Cell) -> str | None:
        """The code of the criterion after this one; none after the last."""
        place = self.pile.criteria.index(cell.criterion) + 1
        return self.pile.criteria[place].code if place < len(self.pile.criteria) else None

    def context(self, cell: Cell, contents: Contents) -> dict[str, Any]:
        """What the page shows."""
        following = self.after(cell)
        return {
            "tender": self.proposal.tender,
            "proposal": self.proposal,
            "desk": self,
            "pile": self.pile,
            "item": self.item,
            "marks": self.pile.marks(self.item),
            "next_proposal": self.pile.after(self.item),
            "cell": cell,
            "criterion": cell.criterion,
            "next_title": next((c.title for c in self.pile.criteria if c.code == following), ""),
            "contents": contents,
            "texts": texts_for(cell.criterion, contents),
            "scale": self.scale,
        }
