"""Mails about a reader's approval of the price: given, and lapsed because the price changed."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from consortia.queries import people_named_in
from odifund.core import mail
from odifund.core.models import Person
from tenders.models import Approval, Proposal

if TYPE_CHECKING:
    from tenders.queries.approval import Standing


def approved(approval: Approval, *, at: datetime) -> None:
    """The other named people read who approved which price."""
    proposal = approval.proposal
    mail.queue(
        "tenders/price_approved",
        key=f"tenders/price_approved:{approval.pk}",
        to=people_named_in(proposal.consortium).exclude(pk=approval.approved_by_id),
        at=at,
        context={"by": approval.approved_by, "price": approval.price} | _about(proposal),
        about=approval,
    )


def lapsed(proposal: Proposal, of: "Standing", price: Decimal, *, by: Person, at: datetime) -> None:
    """The reader reads what the price was and is, and who changed it."""
    mail.queue(
        "tenders/approval_lapsed",
        key=f"tenders/approval_lapsed:{proposal.pk}:{of.person.pk}:{at.isoformat()}",
        to=[of.person],
        at=at,
        context={"by": by, "was": of.approved, "price": price} | _about(proposal),
        about=proposal,
    )


def _about(proposal: Proposal) -> dict[str, object]:
    return {"proposal": proposal, "tender": proposal.tender, "lead": proposal.consortium.lead}
