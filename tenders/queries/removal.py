"""What goes with a row of a draft's list, and what stays: said before it is removed."""

from collections.abc import Iterator
from functools import singledispatch

from odifund.core.wording import in_one_breath, moment_or_day
from tenders.models import Criterion, OwedDeliverable, Section


@singledispatch
def what_goes(row: object) -> Iterator[str]:
    """In sentences."""
    raise TypeError(f"{row!r} stands in no list of a draft")


@what_goes.register
def _of_criterion(row: Criterion) -> Iterator[str]:
    left = sum(each.weight for each in row.tender.criteria.all()) - row.weight
    yield f"Its weight of {row.weight} goes. What is left adds to {left}."
    if titles := [f"“{each}”" for each in row.sections.all()]:
        what = "The section" if len(titles) == 1 else "The sections"
        stay = "stays, and answers" if len(titles) == 1 else "stay, and answer"
        yield f"{what} {in_one_breath(titles)} {stay} no one criterion any more."


@what_goes.register
def _of_section(row: Section) -> Iterator[str]:
    yield f"What it asks for goes: {row.room[:1].lower()}{row.room[1:]}."
    if row.criterion is None:
        yield "It answers no one criterion."
        return
    others = row.tender.sections.filter(criterion=row.criterion).exclude(pk=row.pk)
    alone = "" if others.exists() else ", and no other section answers it"
    yield f"Its criterion “{row.criterion}” stays{alone}."


@what_goes.register
def _of_owed(row: OwedDeliverable) -> Iterator[str]:
    if row.due_at:
        yield f"Its date goes: {moment_or_day(row.due_at, row.is_event)}."
    if not row.payment_percent:
        yield "Nothing is paid for it, so the payments stay as they are."
        return
    left = sum(each.payment_percent for each in row.tender.owed.all()) - row.payment_percent
    yield f"Its payment of {row.payment_percent}% of the price goes. What is left adds to {left}%."
