"""Mails about the agreement of a member: given, and lapsed because somebody else changed its lines."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from consortia.queries import people_named_for, people_named_in
from odifund.core import mail
from odifund.core.models import Person
from tenders.models import Agreement, Proposal

if TYPE_CHECKING:
    from tenders.queries.agreement import Change, Standing


def agreed(agreement: Agreement, *, at: datetime) -> None:
    """The other named people read who agreed, and to which price."""
    proposal = agreement.proposal
    others = people_named_in(proposal.consortium).exclude(pk=agreement.agreed_by_id)
    context = {"member": agreement.member, "by": agreement.agreed_by, "price": agreement.price}
    mail.queue(
        "tenders/lines_agreed",
        key=f"tenders/lines_agreed:{agreement.pk}",
        to=others,
        at=at,
        context=context | _about(proposal),
        about=agreement,
    )


def lapsed(standing: "Standing", changes: "Sequence[Change]", *, by: Person, at: datetime) -> None:
    """The member's people read what was changed, by whom, and that they are asked again."""
    assert standing.last
    mail.queue(
        "tenders/agreement_lapsed",
        key=f"tenders/agreement_lapsed:{standing.last.pk}:{at.isoformat()}",
        to=people_named_for(standing.member),
        at=at,
        context={"member": standing.member, "by": by, "changes": changes} | _about(standing.last.proposal),
        about=standing.last,
    )


def _about(proposal: Proposal) -> dict[str, object]:
    return {"proposal": proposal, "tender": proposal.tender, "lead": proposal.consortium.lead}
