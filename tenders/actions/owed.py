"""The deliverables of a draft: what each contract will owe, when, and what is paid for it."""

from datetime import datetime

from odifund.core.errors import NotReady
from odifund.core.models import Person
from tenders.actions import rows
from tenders.models import OwedDeliverable, Tender


def add(
    tender: Tender,
    *,
    kind: str,
    title: str,
    due_at: datetime | None,
    by: Person,
    at: datetime,
    guidance: str = "",
    at_least: int = 1,
    payment_percent: int = 0,
) -> OwedDeliverable:
    """A new deliverable; each kind once, but “Something else”."""
    owed = OwedDeliverable(
        tender=tender,
        kind=kind,
        title=title,
        due_at=due_at,
        guidance=guidance,
        at_least=at_least,
        payment_percent=payment_percent,
    )
    with rows.changing(tender, f"added the deliverable “{title}”", f"owed.{kind}", by=by, at=at):
        if not owed.is_something_else and tender.owed.filter(kind=kind).exists():
            raise NotReady([f"“{owed.get_kind_display()}” is on the list already. Change that one."])
        owed.order = rows.next_order(tender.owed)
        owed.save(force_insert=True)
    return owed


def edit(
    owed: OwedDeliverable,
    *,
    title: str,
    due_at: datetime | None,
    by: Person,
    at: datetime,
    guidance: str = "",
    at_least: int = 1,
    payment_percent: int = 0,
    seen: str = "",
) -> None:
    """Other words, another date, another payment. Its kind stays."""
    with rows.changing(owed.tender, f"changed the deliverable “{title}”", f"owed.{owed.kind}", by=by, at=at):
        rows.afresh(owed, seen)
        owed.title, owed.due_at, owed.guidance = title, due_at, guidance
        owed.at_least, owed.payment_percent = at_least, payment_percent
        owed.save(force_update=True)


def remove(owed: OwedDeliverable, *, by: Person, at: datetime) -> None:
    """Take it out of the draft."""
    with rows.changing(owed.tender, f"removed the deliverable “{owed}”", f"owed.{owed.kind}", by=by, at=at):
        owed.delete()


def accept(tender: Tender, *, by: Person, at: datetime) -> None:
    """What the portal assumed of the deliverables is right as it stands: the fund's own from now on."""
    names = [f"owed.{kind}" for kind in OwedDeliverable.Kind.values]
    with rows.changing(tender, "said that the deliverables are right", *names, by=by, at=at):
        pass


def move_up(owed: OwedDeliverable, *, by: Person, at: datetime) -> None:
    """Change places with the one before."""
    with rows.changing(owed.tender, f"moved the deliverable “{owed}” up", f"owed.{owed.kind}", by=by, at=at):
        rows.swap_with_before(owed, owed.tender.owed)
