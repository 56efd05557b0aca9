"""Mails about contracts: to the consortium's named people, and to those who countersign."""

from collections.abc import Iterable
from datetime import datetime

from consortia.queries import people_named_in
from odifund.core import access, mail
from odifund.core.models import Person
from tenders.access import acting_for_the_odi
from tenders.models import Contract


def offered(contract: Contract, *, at: datetime) -> None:
    """Ask the consortium to read the terms, and its lead to accept them."""
    people = people_named_in(contract.proposal.consortium)
    _queue("contract_offered", contract, people, at)


def accepted(contract: Contract, *, at: datetime) -> None:
    """Ask the ODI's managers and approvers to countersign."""
    _queue("contract_accepted", contract, acting_for_the_odi(contract, access.MANAGER, access.APPROVER), at)


def _queue(kind: str, contract: Contract, people: Iterable[Person], at: datetime) -> None:
    mail.queue(
        f"tenders/{kind}",
        key=f"tenders/{kind}:{contract.pk}",
        to=people,
        at=at,
        context={"contract": contract},
        about=contract,
    )
