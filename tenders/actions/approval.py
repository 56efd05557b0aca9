"""A reader approves the price. When it changes, the approval lapses and the reader is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from odifund.core import audit
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person
from odifund.core.wording import pounds
from tenders import access
from tenders.actions.proposal import only_while_open
from tenders.models import Approval, Proposal
from tenders.notices import approval as notices
from tenders.queries import draft as drafts
from tenders.queries.named import Named

FOR_READERS = "Only the people named as readers approve the price."


def approve(proposal: Proposal, *, price: Decimal, by: Person, at: datetime) -> Approval:
    """Approve the price that was read, if it is the price still."""
    if not access.approves(by, proposal):
        raise WrongPerson(FOR_READERS)
    with transaction.atomic():
        proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
        only_while_open(proposal.tender, at)
        draft = drafts.of(proposal)
        if price != draft.price:
            raise MovedOn(f"The price was changed while you read. It is {pounds(draft.price)} now.")
        approval = Approval.objects.create(
            proposal=proposal, approved_by=by, approved_at=at, price=price, parts=draft.digests()
        )
        facts = {"approval": approval.pk, "price": price}
        details = {"price": pounds(price)}
        audit.record("proposal.approved", proposal, by=by, at=at, facts=facts, details=details)
        notices.approved(approval, at=at)
    return approval


@contextmanager
def watching_the_price(proposal: Proposal, *, by: Person, at: datetime) -> Iterator[None]:
    """Inside, lines change: whoever had approved the price reads that it is another one."""
    held = [each for each in Named(proposal).approvals(_price(proposal)) if each.holds]
    yield
    if held and (now := _price(proposal)) != held[0].price:
        for each in held:
            notices.lapsed(proposal, each, now, by=by, at=at)


def _price(proposal: Proposal) -> Decimal:
    return proposal.cost_lines.aggregate(sum=Sum("amount"))["sum"] or Decimal("0.00")
