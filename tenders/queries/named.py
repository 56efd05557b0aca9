"""Everybody named on a proposal, read once: who does what there, and what its readers approved."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery

from consortia.models import NamedPerson
from odifund.core.wording import in_one_breath
from tenders import access
from tenders.models import Approval, Proposal
from tenders.queries.approval import Standing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person

    User = Person | AnonymousUser


class Named:
    """The people named now, in the order in which they were."""

    def __init__(self, proposal: Proposal) -> None:
        now = NamedPerson.objects.filter(
            member__consortium=proposal.consortium_id,
            member__left_at=None,
            ended_at=None,
            person__is_active=True,
        )
        approvals = Approval.objects.filter(proposal=proposal, approved_by=OuterRef("person"))
        last = approvals.order_by("-approved_at", "-pk")
        said = {f"last_{name}": Subquery(last.values(name)[:1]) for name in ("price", "approved_at", "parts")}
        self.namings = list(
            now.select_related("person", "member").annotate(**said).order_by("named_at", "pk")
        )

    def part_of(self, user: "User") -> access.CostsOf:
        """What this person has to do with the costs."""
        return access.CostsOf.of([naming for naming in self.namings if naming.person_id == user.pk])

    @property
    def submitters(self) -> str:
        """Who can submit, in a sentence: Priya Nair and Ada Okafor."""
        able = [str(each.person) for each in self.namings if each.member.is_lead and each.submits]
        return in_one_breath(able)

    def approvals(self, price: Decimal) -> list[Standing]:
        """Where each reader stands to this price."""
        readers = {each.person_id: each for each in self.namings if not each.works}
        return [_standing(naming, price) for naming in readers.values()]


def _standing(naming: NamedPerson, price: Decimal) -> Standing:
    """Its approval is annotated."""
    told: Any = naming
    last: tuple[Decimal, datetime] = told.last_price, told.last_approved_at
    return Standing(naming.person, price, *last, told.last_parts or {})
