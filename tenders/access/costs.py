"""Whose cost lines a person reads and changes: the lead's people all, a member's people their own.

Of the others they see the totals. What somebody earns a day is between an organisation and the lead. A
reader reads what the others of the organisation read, and changes nothing.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from consortia import access as parties
from consortia.models import Member, NamedPerson
from odifund.core.errors import WrongPerson
from tenders.models import Proposal

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


@dataclass(frozen=True)
class CostsOf:
    """What one person has to do with a proposal's costs. `own`: the organisations they are named for.

    `working`: those of them for which they work, not only read.
    """

    own: frozenset[UUID]
    leads: bool
    working: frozenset[UUID] = frozenset()
    works_for_lead: bool = False
    submits: bool = False

    @classmethod
    def of(cls, namings: Sequence[NamedPerson]) -> Self:
        """As the person's namings on the proposal say, each with its member."""
        working = [naming for naming in namings if naming.works]
        return cls(
            own=frozenset(naming.member.organisation_id for naming in namings),
            leads=any(naming.member.is_lead for naming in namings),
            working=frozenset(naming.member.organisation_id for naming in working),
            works_for_lead=any(naming.member.is_lead for naming in working),
            submits=any(naming.member.is_lead and naming.submits for naming in working),
        )

    @property
    def works(self) -> bool:
        """Whether the person changes anything of the proposal."""
        return bool(self.working)

    def changes(self, organisation: UUID) -> bool:
        """Whether the person changes the lines of this organisation."""
        return self.works_for_lead or organisation in self.working

    def sees(self, organisation: UUID) -> bool:
        """Whether the person reads the lines of this organisation."""
        return self.leads or organisation in self.own

    def edited(self, organisations: AbstractSet[UUID]) -> set[UUID]:
        """Those of them whose lines the person changes."""
        return {each for each in organisations if self.changes(each)}


NO_PART = CostsOf(frozenset(), leads=False)


def own_member_or_403(request: HttpRequest, proposal: Proposal, key: UUID) -> Member:
    """The member, for the people who work for it; others are told that it is not theirs."""
    found = proposal.consortium.members.filter(left_at=None, is_lead=False)
    member = get_object_or_404(found.select_related("organisation"), pk=key)
    if not parties.works_for(request.user, member):
        raise WrongPerson(f"Only the people who work for {member} agree to its lines.")
    return member


def costs_of(user: "User", proposal: Proposal) -> CostsOf:
    """The person's part in the costs of a proposal they are named on."""
    named = parties.namings_of(user).filter(member__consortium=proposal.consortium_id)
    return CostsOf.of(list(named.select_related("member")))
