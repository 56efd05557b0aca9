"""Whose cost lines a person reads and changes: the lead's people all, a member's people their own.

Of the others they see the totals. What somebody earns a day is between an organisation and the lead.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consortia import access as parties
from consortia.models import Member
from odifund.core.errors import WrongPerson
from tenders.models import Proposal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


@dataclass(frozen=True)
class CostsOf:
    """What one person has to do with a proposal's costs. `own`: the organisations they are named for."""

    own: frozenset[UUID]
    leads: bool

    def sees(self, organisation: UUID) -> bool:
        """Whether the person reads the lines of this organisation."""
        return self.leads or organisation in self.own

    def edited(self, organisations: AbstractSet[UUID]) -> set[UUID]:
        """Those of them whose lines the person changes."""
        return {each for each in organisations if self.sees(each)}


NO_PART = CostsOf(frozenset(), leads=False)


def own_member_or_403(request: HttpRequest, proposal: Proposal, key: UUID) -> Member:
    """The member, for the people named for it; others are told that it is not theirs."""
    found = proposal.consortium.members.filter(left_at=None, is_lead=False)
    member = get_object_or_404(found.select_related("organisation"), pk=key)
    if not parties.names_for(request.user, member):
        raise WrongPerson(f"Only the people named for {member} agree to its lines.")
    return member


def costs_of(user: "User", proposal: Proposal) -> CostsOf:
    """The person's part in the costs of a proposal they are named on."""
    named = parties.namings_of(user).filter(member__consortium=proposal.consortium_id)
    found = list(named.values_list("member__organisation", "member__is_lead"))
    return CostsOf(frozenset(key for key, _ in found), any(is_lead for _, is_lead in found))
