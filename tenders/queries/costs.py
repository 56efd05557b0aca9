"""The costs of a draft or a submitted version, by organisation and kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from odifund.core import money
from odifund.core.drawing.bars import Member as Bar
from tenders.models import CostLine
from tenders.queries.draft import Draft

NOTHING = Decimal("0.00")
AS_ONE = "Not shown by kind"
VAT_RATES = {"standard": Decimal("0.20"), "none": Decimal(0)}
"""What the lead's treatment adds. The standard rate: Value Added Tax Act 1994, section 2."""


def vat_on(price: Decimal, treatment: str) -> Decimal | None:
    """The VAT on a price to the penny; None where the treatment is not said."""
    rate = VAT_RATES.get(treatment)
    return None if rate is None else money.to_pence(price * rate)


class Line(Protocol):
    """What a line of a draft and of a version have in common."""

    kind: str
    amount: Decimal


@dataclass(frozen=True)
class Share:
    """What one organisation costs."""

    organisation: UUID
    name: str
    note: str
    lines: Sequence[CostLine]
    is_shown: bool = True
    """Whether who looks reads its lines, or its total alone."""

    @property
    def total(self) -> Decimal:
        """The sum of its lines."""
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def by_kind(self) -> list[tuple[str, Decimal]]:
        """Every kind's label with its sum; of what is not shown, the total alone."""
        return by_kind(self.lines) if self.is_shown else [*by_kind(()), (AS_ONE, self.total)]


@dataclass(frozen=True)
class Costs:
    """All of them."""

    shares: list[Share]
    price: Decimal
    highest: Decimal | None
    vat_treatment: str = ""

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
        """The labels of the kinds that cost something, in their order; what is not shown comes last."""
        return [label for label, amount in self._sums if amount]

    @property
    def _sums(self) -> list[tuple[str, Decimal]]:
        found: dict[str, Decimal] = {}
        for label, amount in (pair for share in self.shares for pair in share.by_kind):
            found[label] = found.get(label, NOTHING) + amount
        return list(found.items())

    @property
    def by_kind(self) -> list[tuple[str, Decimal]]:
        """Each of these kinds with its sum over all organisations."""
        return [(label, amount) for label, amount in self._sums if amount]

    @property
    def rows(self) -> list[tuple[Share, list[Decimal]]]:
        """Each organisation with its sums in the order of the kinds."""
        return [
            (share, [dict(share.by_kind).get(kind, NOTHING) for kind in self.kinds]) for share in self.shares
        ]

    @property
    def vat(self) -> Decimal | None:
        """What the lead adds at the end; None where nobody has said."""
        return vat_on(self.price, self.vat_treatment)

    @property
    def vat_in_words(self) -> str:
        """VAT at 20%, added by the lead."""
        rate = VAT_RATES.get(self.vat_treatment)
        return f"VAT at {rate * 100:.0f}%, added by the lead" if rate else "no VAT is added"

    @property
    def with_vat(self) -> Decimal | None:
        """What the fund would pay in all."""
        return None if self.vat is None else self.price + self.vat

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


def of(draft: Draft, sees: Callable[[UUID], bool] = lambda organisation: True) -> Costs:
    """The draft's costs: each member, then organisations that have left and still have lines."""
    lines: dict[UUID, list[CostLine]] = {member.organisation_id: [] for member in draft.members}
    notes = {m.organisation_id: "lead" if m.is_lead else "" for m in draft.members}
    names = {m.organisation_id: m.organisation.name for m in draft.members}
    for line in draft.lines:
        lines.setdefault(line.organisation_id, []).append(line)
        names.setdefault(line.organisation_id, line.organisation.name)
        notes.setdefault(line.organisation_id, "no longer in the consortium")
    shares = [Share(key, names[key], notes[key], theirs, sees(key)) for key, theirs in lines.items()]
    proposal = draft.proposal
    return Costs(shares, draft.price, proposal.tender.highest_price, proposal.vat)
