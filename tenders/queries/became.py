"""What became of a proposal, said alike on its people's home, on its page and on its outcome."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenders import access
from tenders.models import Contract, OpeningCheck, Proposal

if TYPE_CHECKING:
    from odifund.core.models import Person


@dataclass(frozen=True)
class Became:
    """A proposal with its contract, where there is one that the person may see."""

    proposal: Proposal
    contract: Contract | None
    is_held: bool = False
    is_left_out: bool = False
    is_awarded: bool = False

    @property
    def tag(self) -> tuple[str, str]:
        """Its tag: words and shape."""
        proposal = self.proposal
        if self.contract:
            words = str(self.contract.get_status_display())
            return f"Awarded, {words[:1].lower()}{words[1:]}", "done"
        if proposal.tender.closed_at and proposal.status == Proposal.Status.DRAFT:
            return "Not submitted", "quiet"
        if self.is_held:
            return "Held", "live"
        if self.is_left_out:
            return "Left out", "quiet"
        if proposal.tender.decided_at and proposal.stands:
            return ("Awarded", "done") if self.is_awarded else ("Not awarded", "quiet")
        shapes = {Proposal.Status.SUBMITTED: "done", Proposal.Status.DRAFT: "part"}
        return str(proposal.get_status_display()), shapes.get(Proposal.Status(proposal.status), "quiet")


def of(
    proposal: Proposal, person: "Person", check: OpeningCheck | None = None, *, is_awarded: bool
) -> Became:
    """What became of one proposal. `check` is what it was held for at the opening, if it was."""
    settlement = getattr(check, "settlement", None)
    held = check is not None and not (settlement and settlement.is_settled)
    left_out = bool(settlement and settlement.is_settled and not settlement.is_admitted)
    if proposal.tender.decided_at is None:
        return Became(proposal, None, held, left_out)
    contract = access.contracts_for(person).filter(proposal=proposal).first() if is_awarded else None
    return Became(proposal, contract, held, left_out, is_awarded)
