"""Which members agree to their cost lines, and what has changed since they did."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from consortia.models import Member
from odifund.core import canonical
from odifund.core.wording import pounds
from tenders.models import Agreement
from tenders.queries import draft as drafts
from tenders.queries.draft import Draft

Written = list[dict[str, Any]]


@dataclass(frozen=True)
class Standing:
    """Where a member stands: with its last agreement, and whether that still holds."""

    member: Member
    last: Agreement | None
    holds: bool
    is_asked: bool
    """Whether there is anything to agree to: its lines, or that those it agreed to were taken away."""

    @property
    def in_words(self) -> str:
        """Lines agreed; Not agreed yet; Changed since it agreed; No lines yet."""
        if not self.is_asked:
            return "No lines yet"
        if self.holds:
            return "Lines agreed"
        return "Changed since it agreed" if self.last else "Not agreed yet"


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: what, before and now."""

    what: str
    before: str
    now: str


def standings(draft: Draft) -> list[Standing]:
    """Where each member stands that has anything to agree to; the lead agrees by submitting."""
    found = [standing(draft, member) for member in draft.members if not member.is_lead]
    return [each for each in found if each.is_asked]


def standing(draft: Draft, member: Member) -> Standing:
    """Where one member stands."""
    last = next((each for each in draft.agreements if each.member_id == member.pk), None)
    lines = lines_of(draft, member.organisation_id)
    return Standing(member, last, last is not None and last.lines == lines, bool(last or lines))


def lacking(draft: Draft) -> list[Member]:
    """The members whose agreement is not there, or no longer holds."""
    return [each.member for each in standings(draft) if not each.holds]


def not_agreed(member: Member) -> str:
    """What is said where a lead would submit without an agreement and has not said so."""
    return f"{member} has not agreed to its lines. Wait for it, or tick that you go on without it."


def lines_of(draft: Draft, organisation: UUID) -> Written:
    """An organisation's lines as they are written down."""
    return drafts.written(line for line in draft.lines if line.organisation_id == organisation)


def seen(draft: Draft, member: Member) -> str:
    """A digest of what a member reads before it agrees: its lines and the price."""
    return canonical.digest([lines_of(draft, member.organisation_id), draft.price])


def changes(draft: Draft, of: Standing) -> list[Change]:
    """What is not as it was when the member last agreed: the price first, its total, its lines."""
    if of.last is None:
        return []
    before, now = of.last.lines, lines_of(draft, of.member.organisation_id)
    found = []
    if of.last.price != draft.price:
        found.append(Change("The price of the proposal", pounds(of.last.price), pounds(draft.price)))
    if (was := _total(before)) != (total := _total(now)):
        found.append(Change(f"The total of {of.member}", pounds(was), pounds(total)))
    return [*found, *_lines(before, now)]


def other_changes(draft: Draft, of: Standing) -> list[str]:
    """The other parts of the proposal that differ since; its own costs are told line by line."""
    if of.last is None:
        return []
    return [part for part in drafts.changed(of.last.parts, draft.digests()) if part != "the costs"]


def _total(lines: Written) -> Decimal:
    return sum((Decimal(line["amount"]) for line in lines), Decimal("0.00"))


def _lines(before: Written, now: Written) -> Iterator[Change]:
    """Lines that came, went or say something else. A line is known by what it is for, in its order."""
    was, are = [_keyed(lines) for lines in (before, now)]
    for key in dict.fromkeys([*was, *are]):
        old, new = was.get(key), are.get(key)
        if old != new:
            yield Change(key[0], _said(old), _said(new))


def _keyed(lines: Written) -> dict[tuple[str, int], dict[str, Any]]:
    count: dict[str, int] = {}
    found = {}
    for line in lines:
        count[line["what"]] = count.get(line["what"], 0) + 1
        found[line["what"], count[line["what"]]] = line
    return found


def _said(line: dict[str, Any] | None) -> str:
    if line is None:
        return "Not there"
    amount = pounds(Decimal(line["amount"]))
    if line["days"] is not None:
        days, rate = Decimal(line["days"]).normalize(), pounds(Decimal(line["day_rate"]))
        return f"{days:f} days at {rate}: {amount}"
    if line["percent"] is not None:
        return f"{Decimal(line['percent']).normalize():f}% of staff: {amount}"
    return amount
