"""What a draft says beside its answers and its costs: payments, what is confidential, what is declared.

What binds the consortium as a whole is said by the people named for the lead.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from uuid import uuid4

from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.actions.proposal import editing
from tenders.models import Proposal

MOST = 20  # confidential parts of one proposal


def plan_payments(
    proposal: Proposal, *, vat: str, payments: Mapping[str, int], by: Person, at: datetime
) -> None:
    """Say what VAT the lead adds and, where the tender lets bidders, how the price is divided: percent by
    the name of what is owed. Empty `payments` follow the tender."""
    with leading(proposal, by=by, at=at):
        if payments and not proposal.tender.bidders_plan_payments:
            raise NotReady(["This tender sets its payments. They cannot be divided in another way."])
        if payments and sum(payments.values()) != 100:
            raise NotReady(
                [f"The payments add up to {sum(payments.values())}%. They have to add up to 100%."]
            )
        proposal.vat = Proposal.Vat(vat) if vat else ""
        proposal.payments = dict(payments)
        proposal.save(update_fields=["vat", "payments"])


def set_publication(
    proposal: Proposal, *, publishes: str, public_summary: str, by: Person, at: datetime
) -> None:
    """Say what may be published of the proposal if it wins."""
    with leading(proposal, by=by, at=at):
        proposal.publishes = Proposal.Publishes(publishes) if publishes else ""
        proposal.public_summary = public_summary.strip()
        proposal.save(update_fields=["publishes", "public_summary"])


def confirm_eligibility(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Confirm, for the consortium, what statements.ELIGIBILITY says."""
    with leading(proposal, by=by, at=at):
        proposal.eligible_by, proposal.eligible_at = by, at
        proposal.save(update_fields=["eligible_by", "eligible_at"])


def declare(proposal: Proposal, *, by: Person, at: datetime) -> None:
    """Make, for the consortium, the declarations of statements.DECLARATIONS."""
    with leading(proposal, by=by, at=at):
        proposal.declared_by, proposal.declared_at = by, at
        proposal.save(update_fields=["declared_by", "declared_at"])


def add_confidential(
    proposal: Proposal, *, what: str, why: str, until: date | None, by: Person, at: datetime
) -> None:
    """Name a part that is not to be told to others who ask, why not, and until when (None: for good)."""
    with editing(proposal, by=by, at=at):
        if len(proposal.confidential) >= MOST:
            raise NotReady([f"A proposal names {MOST} confidential parts at most. Put some together."])
        said = {"key": str(uuid4()), "what": what, "why": why, "until": until.isoformat() if until else ""}
        proposal.confidential = [*proposal.confidential, said]
        proposal.save(update_fields=["confidential"])


def remove_confidential(proposal: Proposal, *, key: str, by: Person, at: datetime) -> None:
    """Take such a part out again."""
    with editing(proposal, by=by, at=at):
        left = [part for part in proposal.confidential if part["key"] != key]
        if len(left) == len(proposal.confidential):
            raise MovedOn("Somebody has already removed this confidential part.")
        proposal.confidential = left
        proposal.save(update_fields=["confidential"])


@contextmanager
def leading(proposal: Proposal, *, by: Person, at: datetime) -> Iterator[None]:
    """One edit of the draft by somebody named for the lead."""
    with editing(proposal, by=by, at=at):
        if not access.leads(by, proposal):
            raise WrongPerson("Only the people named for the lead say this for the consortium.")
        yield
