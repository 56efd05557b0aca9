"""The draft itself: starting it, its title and model of delivery, and the lock every edit takes.

Autosave and edits are no moves: they need somebody named on the proposal and a tender that is
still open. They lock the proposal's row, so that a submit sees a draft whole and never half an edit.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from consortia import access as parties
from consortia.models import Consortium
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Proposal, Tender

NOT_YOURS = "Only the people who work on a proposal change it. Whoever reads it can comment."


def start(tender: Tender, consortium: Consortium, *, title: str, by: Person, at: datetime) -> Proposal:
    """The consortium's proposal, begun if it was not: a consortium has one for its tender."""
    if not parties.leads(by, consortium):
        raise WrongPerson("Only the people who work for the lead begin the proposal.")
    if consortium.formed_for != tender.pk:
        raise NotReady(["This consortium was formed for another tender. Form one for this tender first."])
    only_while_open(tender, at)
    with transaction.atomic():
        proposal, new = Proposal.objects.get_or_create(
            tender=tender,
            consortium=consortium,
            defaults={"title": _titled(title), "started_by": by, "started_at": at, "changed_at": at},
        )
        if new:
            audit.record("proposal.started", proposal, by=by, at=at, facts={"consortium": consortium.pk})
    return proposal


def describe(proposal: Proposal, *, title: str, delivery_model: str, by: Person, at: datetime) -> None:
    """The draft's title, and which of the fund's models of delivery it follows (empty: not said yet)."""
    with editing(proposal, by=by, at=at):
        proposal.title = _titled(title)
        proposal.delivery_model = Proposal.DeliveryModel(delivery_model) if delivery_model else ""
        proposal.save(update_fields=["title", "delivery_model"])


def rename(proposal: Proposal, *, title: str, by: Person, at: datetime) -> None:
    """Give the draft another title."""
    describe(proposal, title=title, delivery_model=proposal.delivery_model, by=by, at=at)


def set_delivery_model(proposal: Proposal, *, delivery_model: str, by: Person, at: datetime) -> None:
    """Say which model of delivery it follows."""
    describe(proposal, title=proposal.title, delivery_model=delivery_model, by=by, at=at)


@contextmanager
def editing(proposal: Proposal, *, by: Person, at: datetime) -> Iterator[Proposal]:
    """Lock the draft for one edit by somebody who works on it, while the tender is open."""
    with transaction.atomic():
        proposal.refresh_from_db(from_queryset=Proposal.objects.select_for_update())
        if not access.works_on(by, proposal):
            raise WrongPerson(NOT_YOURS)
        only_while_open(proposal.tender, at)
        yield proposal
        proposal.changed_at = at
        proposal.save(update_fields=["changed_at"])


def only_while_open(tender: Tender, at: datetime) -> None:
    """Refuse a change of a draft whose tender takes no proposals any more."""
    if not tender.accepts_proposals(at):
        raise MovedOn(f"Proposals to {tender.reference} have closed. The draft is kept.")


def _titled(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise NotReady(["Give the proposal a title."])
    return words
