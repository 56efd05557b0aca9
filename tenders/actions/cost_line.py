"""The costs of a draft, a line at a time. The sum of the lines is the price: nobody types it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max

from consortia.models import Organisation
from odifund.core import money
from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person
from tenders.actions import proposal as proposals
from tenders.models import CostLine, Proposal

MOST = Decimal("9999999999.99")  # what the column holds
MOST_LINES = 300  # of one proposal


@dataclass(frozen=True)
class Cost:
    """What a line says: days and a day rate, or an amount."""

    organisation: Organisation
    what: str
    kind: str = CostLine.Kind.STAFF
    days: Decimal | None = None
    day_rate: Decimal | None = None
    amount: Decimal | None = None

    def in_pence(self) -> Decimal:
        """The amount to the penny; days times rate where they are given."""
        if self.days is not None and self.day_rate is not None:
            return money.to_pence(self.days * self.day_rate)
        if self.amount is None or self.days is not None or self.day_rate is not None:
            raise NotReady(["Enter the days and the day rate, or an amount."])
        return money.to_pence(self.amount)


def add(proposal: Proposal, cost: Cost, *, by: Person, at: datetime) -> CostLine:
    """Add a line at the end."""
    return add_all(proposal, [cost], by=by, at=at)[0]


def add_all(proposal: Proposal, costs: Sequence[Cost], *, by: Person, at: datetime) -> list[CostLine]:
    """Add lines at the end, in their order: all or none."""
    with proposals.editing(proposal, by=by, at=at):
        there = proposal.cost_lines.aggregate(last=Max("order"), count=Count("pk"))
        if there["count"] + len(costs) > MOST_LINES:
            raise NotReady([f"A proposal has {MOST_LINES} cost lines at most. It has {there['count']}."])
        lines = [
            CostLine(proposal=proposal, order=order)
            for order in range((there["last"] or 0) + 1, (there["last"] or 0) + 1 + len(costs))
        ]
        members = _members(proposal)
        for line, cost in zip(lines, costs, strict=True):
            _fill(line, cost, members)
        return CostLine.objects.bulk_create(lines)


def edit(line: CostLine, cost: Cost, *, by: Person, at: datetime) -> None:
    """Change a line."""
    with proposals.editing(line.proposal, by=by, at=at):
        _still_there(line)
        _fill(line, cost, _members(line.proposal))
        line.save()


def remove(line: CostLine, *, by: Person, at: datetime) -> None:
    """Remove a line."""
    with proposals.editing(line.proposal, by=by, at=at):
        _still_there(line)
        line.delete()


def _fill(line: CostLine, cost: Cost, members: Collection[UUID]) -> None:
    amount = cost.in_pence()
    if any(number is not None and number < 0 for number in (amount, cost.days, cost.day_rate)):
        raise NotReady(["A cost cannot be less than £0."])
    if amount > MOST:
        raise NotReady(["This cost is too large. Check the days and the rate."])
    if cost.organisation.pk not in members:
        raise NotReady([f"{cost.organisation} is not in the consortium. Choose one of its organisations."])
    line.organisation, line.what, line.kind = cost.organisation, " ".join(cost.what.split()), cost.kind
    line.days, line.day_rate, line.amount = cost.days, cost.day_rate, amount


def _members(proposal: Proposal) -> set[UUID]:
    members = proposal.consortium.members.filter(left_at=None)
    return set(members.values_list("organisation", flat=True))


def _still_there(line: CostLine) -> None:
    if not CostLine.objects.filter(pk=line.pk).exists():
        raise MovedOn("Somebody has removed this cost line.")
