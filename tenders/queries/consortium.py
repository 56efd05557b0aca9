"""Consortia as the tenders app sees them: what for, and with which proposal."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from consortia import access as parties
from consortia.models import Consortium
from tenders.models import Proposal, Tender

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from odifund.core.models import Person


def tender_of(consortium: Consortium) -> Tender:
    """The tender a consortium was formed for."""
    return Tender.objects.select_related("programme").get(pk=consortium.formed_for)


def proposal_of(consortium: Consortium) -> Proposal | None:
    """The consortium's proposal, once it has begun one."""
    return Proposal.objects.filter(consortium=consortium).first()


def consortia_in(user: "Person | AnonymousUser", tender: Tender) -> QuerySet[Consortium]:
    """The consortia of this tender the person is named in."""
    return (
        parties.consortia_for(user).filter(formed_for=tender.pk).select_related("lead").order_by("formed_at")
    )


def in_context(consortium: Consortium, at: datetime) -> dict[str, object]:
    """What every page inside a consortium says of it: the tender, and whether members may still change."""
    tender = tender_of(consortium)
    return {"consortium": consortium, "tender": tender, "may_change": tender.accepts_proposals(at)}
