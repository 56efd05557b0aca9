"""Contracts: offered for an award, accepted by the lead. The ODI's signature is an action of deliverables."""

from datetime import datetime

from django.db import transaction

from odifund.core import audit, canonical
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.lifecycle import CONTRACT
from tenders.models import Award, Contract, Tender
from tenders.notices import contract as notices
from tenders.queries import contract as queries


def offer(award: Award, *, by: Person, at: datetime) -> Contract:
    """Write the terms from the facts of tender and award, and ask the lead to accept them."""
    with transaction.atomic():
        award = Award.objects.select_for_update(of=("self",)).get(pk=award.pk)
        tender = award.proposal.tender
        if not access.manages(by, tender):
            raise WrongPerson("Only managers offer contracts.")
        if award.decision.approved_at is None or Contract.objects.filter(award=award).exists():
            raise MovedOn("This contract was already offered, or the awards are not approved yet.")
        if missing := list(queries.missing_for_offer(tender)):
            raise NotReady(missing)
        contract = _write(award, at)
        facts = {"price": contract.price, "terms": canonical.digest(contract.terms)}
        details = {"lead": str(contract.lead)}
        audit.record("contract.offered", contract, by=by, at=at, facts=facts, details=details)
        notices.offered(contract, at=at)
    return contract


def offer_all(tender: Tender, *, by: Person, at: datetime) -> list[Contract]:
    """Offer a contract for each award that has none; all or none."""
    if not access.manages(by, tender):
        raise WrongPerson("Only managers offer contracts.")
    with transaction.atomic():
        return [offer(award, by=by, at=at) for award in queries.awards_without_contract(tender)]


def accept(contract: Contract, *, by: Person, at: datetime) -> None:
    """The lead accepts the terms as they stand; the ODI's people are asked to countersign."""
    facts = {"terms": canonical.digest(contract.terms)}
    details = {"lead": str(contract.lead)}
    with CONTRACT.take("accept", contract, by=by, at=at, facts=facts, details=details):
        contract.accepted_by, contract.accepted_at = by, at
        notices.accepted(contract, at=at)


def _write(award: Award, at: datetime) -> Contract:
    version = queries.standing_version(award)
    return Contract.objects.create(
        tender=award.proposal.tender,
        award=award,
        proposal=award.proposal,
        lead=award.proposal.consortium.lead,
        title=version.title,
        price=award.price,
        terms=queries.terms(award, version),
        offered_at=at,
    )
