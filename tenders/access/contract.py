"""Who sees a contract, works on what it owes, signs it and runs it; none of it for the fund who bid."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from odifund.core import access as core
from odifund.core.access import holds
from tenders.access.seal import (
    confirms,
    ever_named_proposals,
    manages,
    named_proposals,
    oversees,
    submits,
    works_on,
)
from tenders.models import Contract

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


def contracts_for(user: "User") -> QuerySet[Contract]:
    """The contracts of proposals one is named on; for who oversees and for finance all but their rivals'."""
    contracts = Contract.objects.select_related("tender", "lead", "proposal__consortium")
    own = Q(proposal__in=named_proposals(user))
    if oversees(user) or holds(user, core.FINANCE):
        return contracts.filter(own | ~Q(pk__in=party_to(user)))
    return contracts.filter(own)


def contract_or_404(request: HttpRequest, key: UUID) -> Contract:
    """The contract, if it exists for this person."""
    return get_object_or_404(contracts_for(request.user), pk=key)


def delivers(user: "User", contract: Contract) -> bool:
    """Whether the person works on what the contract owes."""
    return works_on(user, contract.proposal)


def accepts_contract(user: "User", contract: Contract) -> bool:
    """Whether the person may accept it: whom the lead named to submit the proposal."""
    return submits(user, contract.proposal)


def party_to(user: "User") -> QuerySet[Contract]:
    """The contracts of every tender in which the person bid: named on a proposal to it, now or once."""
    return Contract.objects.filter(tender__proposals__in=ever_named_proposals(user))


def countersigns(user: "User", contract: Contract) -> bool:
    """Whether the person may sign it for the ODI: nobody who bid, nor who accepted it."""
    return (
        confirms(user, contract.tender)
        and user.pk != contract.accepted_by_id
        and not party_to(user).filter(pk=contract.pk).exists()
    )


def runs_contract(user: "User", contract: Contract) -> bool:
    """Whether the person runs it for the ODI: a manager, and nobody who bid in the tender."""
    return manages(user, contract.tender) and not party_to(user).filter(pk=contract.pk).exists()


def acting_for_the_odi(contract: Contract, *roles: str) -> QuerySet["Person"]:
    """Who holds one of these roles and did not bid in the tender: whom a notice asks to act."""
    bidding = contract.tender.proposals.values("consortium")
    return core.holders(*roles).exclude(namings__member__consortium__in=bidding)
