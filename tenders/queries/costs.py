"""The costs of a draft or a submitted version, by organisation and kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from odifund.core.drawing.bars import Member as Bar
from tenders.models import CostLine
from tenders.queries.draft import Draft

NOTHING = Decimal("0.00")


class Line(Protocol):
    """What a line of a draft and of a version have in common."""

    kind: str
    amount: Decimal


@dataclass(frozen=True)
class Share:
    """What one organisation costs."""

    name: str
    note: str
    lines: Sequence[CostLine]

    @property
    def total(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def by_kind(self) -> list[tuple[str, Decimal]]:
        """Every kind's label with its sum."""
        return by_kind(self.lines)


@dataclass(frozen=True)
class Costs:
    """All of them."""

    shares: list[Share]
    price: Decimal
    highest: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """What is left under the highest price; less than nothing when it is over."""
        return None if self.highest is None else self.highest - self.price

    @property
    def over(self) -> Decimal:
        """By how much the price is over the highest, or 0."""
        return max(NOTHING, -self.left) if self.left is not None else NOTHING

    @property
    def ceiling(self) -> Decimal:
        """What the drawing measures against."""
        return self.highest or self.price

    @property
    def kinds(self) -> list[str]:
        """The labels of the kinds, in their order."""
        return [str(label) for label in CostLine.Kind.labels]

    @property
    def by_kind(self) -> list[tuple[str, Decimal]]:
        """Every kind's sum over all organisations."""
        return by_kind([line for share in self.shares for line in share.lines])

    @property
    def bars(self) -> list[Bar]:
        """For the drawing: only kinds that cost something."""
        return [Bar(share.name, tuple(share.by_kind)) for share in self.shares if share.lines]


def by_kind(lines: Iterable[Line]) -> list[tuple[str, Decimal]]:
    """Each kind's label and sum, 0 where there is none."""
    lines = list(lines)
    return [
        (str(label), sum((line.amount for line in lines if line.kind == kind), NOTHING))
        for kind, label in CostLine.Kind.choices
    ]


def of(draft: Draft) -> Costs:
    """The draft's costs: each member, then organisations that have left and still have lines."""
    lines: dict[UUID, list[CostLine]] = {member.organisation_id: [] for member in draft.members}
    notes = {m.organisation_id: "lead" if m.is_lead else "" for m in draft.members}
    names = {m.organisation_id: m.organisation.name for m in draft.members}
    for line in draft.lines:
        lines.setdefault(line.organisation_id, []).append(line)
        names.setdefault(line.organisation_id, line.organisation.name)
        notes.setdefault(line.organisation_id, "no longer in the consortium")
    shares = [Share(names[key], notes[key], theirs) for key, theirs in lines.items()]
    return Costs(shares, draft.price, draft.proposal.tender.highest_price)
