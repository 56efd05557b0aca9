"""Consortia as the tenders app sees them: what for, and with which proposal."""

from consortia.models import Consortium
from tenders.models import Proposal, Tender


def tender_of(consortium: Consortium) -> Tender:
    """The tender a consortium was formed for."""
    return Tender.objects.select_related("programme").get(pk=consortium.formed_for)


def proposal_of(consortium: Consortium) -> Proposal | None:
    """The consortium's proposal, once it has begun one."""
    return Proposal.objects.filter(consortium=consortium).first()
