"""Countersigning a contract, which makes what it owes, and completing it."""

from datetime import datetime

from django.db import transaction

from deliverables.models import Deliverable, Payment
from deliverables.notices import contract as notices
from deliverables.queries import contract as queries
from odifund.core import canonical
from odifund.core.errors import NotReady
from odifund.core.models import Person
from tenders import locks
from tenders.lifecycle import CONTRACT, TENDER
from tenders.models import Contract
from tenders.queries.contract import instalments, plan_of, standing_version


def countersign(contract: Contract, *, by: Person, at: datetime) -> None:
    """Sign for the ODI. What the tender says is owed becomes this contract's deliverables and payments."""
    facts = {"terms": canonical.digest(contract.terms), "price": contract.price}
    details = {"lead": str(contract.lead)}
    with CONTRACT.take("countersign", contract, by=by, at=at, facts=facts, details=details):
        contract.countersigned_by, contract.countersigned_at = by, at
        _copy_what_is_owed(contract)
        notices.countersigned(contract, at=at)


def complete(contract: Contract, *, by: Person, at: datetime) -> None:
    """Everything is accepted and paid. The last contract of a tender finishes it."""
    with transaction.atomic():
        locks.alone(contract.tender)
        with CONTRACT.take("complete", contract, by=by, at=at, details={"lead": str(contract.lead)}):
            if missing := list(queries.missing_for_completion(contract)):
                raise NotReady(missing)
            contract.completed_at = at
            notices.completed(contract, at=at)
        tender = contract.tender
        if not queries.unfinished_awards(tender).exists():
            with TENDER.take("finish", tender, by=by, at=at):
                tender.finished_at = at


def _copy_what_is_owed(contract: Contract) -> None:
    plan = plan_of(standing_version(contract.award))
    # Every due moment is set: the contract could not be offered without.
    made = {
        owed.pk: Deliverable.objects.create(
            contract=contract,
            order=owed.order,
            kind=owed.kind,
            title=owed.title,
            guidance=owed.guidance,
            due_at=owed.due_at,
            at_least=owed.at_least,
        )
        for owed in contract.tender.owed.all()
        if owed.due_at is not None
    }
    Payment.objects.bulk_create(
        Payment(
            contract=contract,
            deliverable=made[each.owed.pk],
            order=number,
            percent=each.percent,
            amount=each.amount,
        )
        for number, each in enumerate(instalments(contract.tender, contract.price, plan), 1)
    )
