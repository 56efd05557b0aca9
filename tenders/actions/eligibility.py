"""Recording whether an opened proposal may be scored, from facts, and drawing its public number."""

import secrets
from datetime import datetime

from django.db import transaction

from odifund.core import audit, canonical
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.actions.moderation import telling_who_moderates
from tenders.models import Eligibility, Moderation, Proposal, Tender

NUMBERS = range(1000, 10000)


def record(proposal: Proposal, *, eligible: bool, reason: str, by: Person, at: datetime) -> Eligibility:
    """Record pass or fail with the reason; it can be put right until moderation starts."""
    if not access.manages(by, proposal.tender):
        raise WrongPerson("Only a manager records eligibility.")
    if not access.opened_proposals_for(by).filter(pk=proposal.pk).exists():
        raise WrongPerson("This proposal has not been opened.")
    reason = reason.strip()
    if not eligible and not reason:
        raise NotReady(["Say why the proposal is not eligible. The bidder will read this."])
    with transaction.atomic():
        locks.while_scored(proposal.tender)
        Tender.objects.select_for_update(no_key=True).get(pk=proposal.tender_id)
        if Moderation.objects.filter(proposal=proposal).exists():
            raise MovedOn(
                "The panel has begun to agree its scores, so its eligibility does not change any more."
            )
        checked = Eligibility.objects.filter(proposal=proposal).first() or Eligibility(
            tender=proposal.tender, proposal=proposal, public_number=_draw(proposal.tender)
        )
        checked.eligible, checked.reason = eligible, reason
        checked.checked_by, checked.checked_at = by, at
        with telling_who_moderates(proposal.tender, at=at):
            checked.save()
        details = {"proposal": proposal.title, "outcome": str(checked)}
        facts = {
            "eligible": eligible,
            "proposal": proposal.pk,
            "number": checked.public_number,
            "reason": canonical.digest(reason),
        }
        audit.record("eligibility.recorded", checked, by=by, at=at, facts=facts, details=details)
    return checked


def _draw(tender: Tender) -> int:
    """A random number that no other proposal of the tender has, drawn before any score is agreed."""
    taken = set(Eligibility.objects.filter(tender=tender).values_list("public_number", flat=True))
    return secrets.choice([number for number in NUMBERS if number not in taken])
