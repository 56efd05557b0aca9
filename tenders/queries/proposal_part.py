"""What the page of a draft's payments shows: each in pounds, by organisation."""

from dataclasses import dataclass
from decimal import Decimal

from odifund.core import money
from odifund.core.drawing.bars import Member as Bar
from tenders.models import OwedDeliverable, Proposal, Tender
from tenders.queries.contract import instalments
from tenders.queries.costs import Costs


def paid_for(tender: Tender) -> list[OwedDeliverable]:
    """What the tender pays with, in its order."""
    return [owed for owed in tender.owed.all() if owed.payment_percent]


@dataclass(frozen=True)
class PaymentRow:
    """One payment: its part of the price, and of what each organisation costs, in the order of the costs."""

    owed: OwedDeliverable
    percent: int
    amount: Decimal
    parts: list[Decimal]


def payment_rows(proposal: Proposal, costs: Costs) -> list[PaymentRow]:
    """Every payment of the plan. Rows and columns both add up, to the penny: the last organisation takes
    what rounding leaves."""
    rows, left = [], [share.total for share in costs.shares]
    for each in instalments(proposal.tender, costs.price, proposal.payments):
        totals = left if each.is_last else [share.total for share in costs.shares]
        parts = list(left) if each.is_last else _parts(each.amount, totals)
        left = [before - part for before, part in zip(left, parts, strict=True)]
        rows.append(PaymentRow(each.owed, each.percent, each.amount, parts))
    return rows


def bars(rows: list[PaymentRow], costs: Costs) -> list[Bar]:
    """For the drawing: each payment, with what each organisation has of it."""
    names = [share.name for share in costs.shares]
    return [Bar(str(row.owed), tuple(zip(names, row.parts, strict=True))) for row in rows]


def _parts(amount: Decimal, totals: list[Decimal]) -> list[Decimal]:
    return money.share_out(amount, totals) if any(totals) else [Decimal("0.00") for _ in totals]
