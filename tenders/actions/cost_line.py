"""The costs of a draft, a line at a time. The sum of the lines is the price: nobody types it."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, Sum

from consortia.models import Organisation
from odifund.core import money
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.actions import proposal as proposals
from tenders.actions.agreement import lapsing
from tenders.actions.approval import watching_the_price
from tenders.actions.rows import afresh
from tenders.models import CostLine, Proposal
from tenders.queries.cost_sheet import as_read

MOST = Decimal("9999999999.99")  # what the column holds
MOST_LINES = 300  # of one proposal
REMOVED = "Somebody has removed this cost line."
LINES_CHANGED = (
    "The lines are others now than when this spreadsheet was downloaded. Nothing was replaced. Look at the"
    " costs as they are; to put the file’s lines in their place, choose it again"
)


class RatesChanged(MovedOn):
    """Somebody saved other days or rates of these lines since. They are as they are saved now."""

    def __init__(self, lines: Sequence[CostLine]) -> None:
        self.lines = lines
        super().__init__("Somebody changed days or rates after you opened this page.")


@dataclass(frozen=True)
class Cost:
    """What a line says: days and a day rate, an amount, or a percentage of the organisation's staff."""

    organisation: Organisation
    what: str
    kind: str = CostLine.Kind.STAFF
    days: Decimal | None = None
    day_rate: Decimal | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    note: str = ""

    def in_pence(self) -> Decimal:
        """The amount to the penny; days times rate where given, 0 of a percentage until it is taken."""
        if self.percent is not None:
            return Decimal("0.00")
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
    with _editing(proposal, {cost.organisation.pk for cost in costs}, by=by, at=at):
        return _add(proposal, costs)


def replace_all(
    proposal: Proposal, costs: Sequence[Cost], *, by: Person, at: datetime, read: str = ""
) -> int:
    """Put lines in the place of every line that the person changes; returns how many went.

    Not where those lines are others than were `read`, if that is known.
    """
    named = {cost.organisation.pk for cost in costs}
    with proposals.editing(proposal, by=by, at=at):
        there = set(proposal.cost_lines.values_list("organisation", flat=True))
        mine = access.costs_of(by, proposal).edited(there)
        lines = proposal.cost_lines.filter(organisation__in=mine)
        if read and read != as_read(lines.select_related("organisation")):
            raise NotReady([LINES_CHANGED])
        with _editing(proposal, mine | named, by=by, at=at):
            gone, _ = lines.delete()
            _add(proposal, costs)
    return gone


def _add(proposal: Proposal, costs: Sequence[Cost]) -> list[CostLine]:
    there = proposal.cost_lines.aggregate(last=Max("order"), count=Count("pk"))
    if there["count"] + len(costs) > MOST_LINES:
        raise NotReady([f"A proposal has {MOST_LINES} cost lines at most. It has {there['count']}."])
    members, last = _members(proposal), there["last"] or 0
    lines = [CostLine(proposal=proposal, order=last + number) for number in range(1, len(costs) + 1)]
    for line, cost in zip(lines, costs, strict=True):
        _fill(line, cost, members)
    return CostLine.objects.bulk_create(lines)


def edit(line: CostLine, cost: Cost, *, by: Person, at: datetime, seen: str = "") -> None:
    """Change a line, if it is as the person saw it (`seen`, the digest of it)."""
    with proposals.editing(line.proposal, by=by, at=at):
        afresh(line, seen)
        with _editing(line.proposal, {line.organisation_id, cost.organisation.pk}, by=by, at=at):
            _fill(line, cost, _members(line.proposal))
            line.save()


def set_rates(
    proposal: Proposal, rates: Sequence[tuple[CostLine, Decimal, Decimal]], *, by: Person, at: datetime
) -> None:
    """Give lines, as they were read, other days and rates: all or none, and none that changed since."""
    with proposals.editing(proposal, by=by, at=at):
        lines = proposal.cost_lines.exclude(days=None).select_related("organisation")
        now = lines.in_bulk([line.pk for line, *_ in rates])
        if len(now) < len(rates):
            raise MovedOn(REMOVED)
        read = {line.pk: (line.days, line.day_rate) for line, *_ in rates}
        if overtaken := [line for line in now.values() if (line.days, line.day_rate) != read[line.pk]]:
            raise RatesChanged(overtaken)
        with _editing(proposal, {line.organisation_id for line in now.values()}, by=by, at=at):
            members = _members(proposal)
            for line, days, rate in rates:
                _set_rate(now[line.pk], days, rate, members)


def _set_rate(line: CostLine, days: Decimal, rate: Decimal, members: Collection[UUID]) -> None:
    cost = Cost(line.organisation, line.what, kind=line.kind, days=days, day_rate=rate, note=line.note)
    _fill(line, cost, members)
    line.save()


def remove(line: CostLine, *, by: Person, at: datetime) -> None:
    """Remove a line."""
    with _editing(line.proposal, {line.organisation_id}, by=by, at=at):
        if not CostLine.objects.filter(pk=line.pk).exists():
            raise MovedOn(REMOVED)
        line.delete()


@contextmanager
def _editing(
    proposal: Proposal, organisations: AbstractSet[UUID], *, by: Person, at: datetime
) -> Iterator[None]:
    """Lock the draft for a change of these organisations' lines; then take what is a percentage anew."""
    with proposals.editing(proposal, by=by, at=at):
        if not organisations <= access.costs_of(by, proposal).edited(organisations):
            raise WrongPerson("An organisation’s lines are changed by its own people and by the lead’s.")
        with watching_the_price(proposal, by=by, at=at), lapsing(proposal, organisations, by=by, at=at):
            yield
            _take_percentages(proposal, organisations)


def _take_percentages(proposal: Proposal, organisations: Collection[UUID]) -> None:
    """Overhead is a percentage of what the organisation's staff cost, to the penny."""
    lines = proposal.cost_lines.filter(organisation__in=organisations)
    for line in lines.exclude(percent=None):
        staff = lines.filter(organisation=line.organisation_id, kind=CostLine.Kind.STAFF)
        of = staff.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        amount = money.to_pence(of * (line.percent or 0) / 100)
        if amount != line.amount:
            line.amount = amount
            line.save(update_fields=["amount"])


def _fill(line: CostLine, cost: Cost, members: Collection[UUID]) -> None:
    amount = cost.in_pence()
    if any(number is not None and number < 0 for number in (amount, cost.days, cost.day_rate, cost.percent)):
        raise NotReady(["A cost cannot be less than £0."])
    if amount > MOST:
        raise NotReady(["This cost is too large. Check the days and the rate."])
    if cost.organisation.pk not in members:
        raise NotReady([f"{cost.organisation} is not in the consortium. Choose one of its organisations."])
    line.organisation, line.what, line.kind = cost.organisation, " ".join(cost.what.split()), cost.kind
    line.days, line.day_rate, line.percent, line.amount = cost.days, cost.day_rate, cost.percent, amount
    line.note = " ".join(cost.note.split())


def _members(proposal: Proposal) -> set[UUID]:
    members = proposal.consortium.members.filter(left_at=None)
    return set(members.values_list("organisation", flat=True))
