"""Mails when a contract is countersigned and when it is complete: to the consortium's named people."""

from datetime import datetime

from consortia.queries import people_named_in
from odifund.core import mail
from tenders.models import Contract


def countersigned(contract: Contract, *, at: datetime) -> None:
    """The work starts: what is owed, and when; what was due before the signature is named as such."""
    _to_consortium("contract_countersigned", contract, at)


def completed(contract: Contract, *, at: datetime) -> None:
    """Nothing is owed any more."""
    _to_consortium("contract_completed", contract, at)


def _to_consortium(kind: str, contract: Contract, at: datetime) -> None:
    owed = list(contract.deliverables.all())
    passed = any(each.was_due_before_signing for each in owed)
    mail.queue(
        f"deliverables/{kind}",
        key=f"deliverables/{kind}:{contract.pk}",
        to=people_named_in(contract.proposal.consortium),
        at=at,
        context={"contract": contract, "owed": owed, "passed": passed},
        about=contract,
    )
