"""What becomes of a held proposal, by two: it is admitted as it stands, or left out."""

from datetime import datetime

from django.db import transaction

from odifund.core import two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.lifecycle import SETTLEMENT
from tenders.models import OpeningCheck, Settlement, Tender
from tenders.notices import opening as notices
from tenders.notices import proposal as bidders
from tenders.queries import held as queries


def propose(held: OpeningCheck, *, outcome: str, reason: str, by: Person, at: datetime) -> Settlement:
    """Propose to admit it or to leave it out, with the reason that the bidder will read."""
    tender = held.version.tender
    if not access.decides(by, tender):
        raise WrongPerson("Managers and approvers without an interest in the tender settle what was held.")
    if outcome not in Settlement.Outcome.values or not reason.strip():
        raise NotReady(["Say whether it is admitted or left out, and why. The bidder will read the reason."])
    with transaction.atomic():
        _hold(tender)
        settlement = queries.settlement_of(held) or Settlement(held=held)
        if settlement.is_settled:
            raise MovedOn("Two people have settled this already.")
        settlement.outcome, settlement.reason = outcome, reason.strip()
        settlement.prepared_by, settlement.prepared_at = by, at
        settlement.save()
        with SETTLEMENT.take(
            "propose_settling",
            settlement,
            by=by,
            at=at,
            facts=_facts(settlement),
            details=_details(settlement),
        ):
            notices.settlement_proposed(settlement, by=by, at=at)
    return settlement


def take_back(settlement: Settlement, *, by: Person, at: datetime) -> None:
    """The proposer, or another who could confirm, takes the proposed outcome back."""
    tender = settlement.held.version.tender
    if not access.decides(by, tender):
        raise WrongPerson("Managers and approvers without an interest in the tender take this back.")
    with transaction.atomic():
        _hold(tender)
        two_person.take_back("settle", settlement, by=by, at=at)


def settle(settlement: Settlement, *, by: Person, at: datetime, read: str | None = None) -> None:
    """Confirm what another proposed and this person `read`: it opens for the panel, or stays shut."""
    with transaction.atomic():
        _hold(settlement.held.version.tender)
        settlement.refresh_from_db()
        two_person.only_what_was_read("settle", settlement, read, by=by)
        facts, details = _facts(settlement), _details(settlement)
        details["first"] = str(settlement.prepared_by)
        with SETTLEMENT.take("settle", settlement, by=by, at=at, facts=facts, details=details):
            settlement.settled_by, settlement.settled_at = by, at
            settlement.stands = queries.stands(settlement.held.version)
            facts["settled"] = queries.digest_of(settlement)
            bidders.settled(settlement, at=at)


def _facts(settlement: Settlement) -> dict[str, object]:
    return {"receipt": settlement.held.version.receipt_number, "outcome": settlement.outcome}


def _details(settlement: Settlement) -> dict[str, object]:
    receipt = settlement.held.version.receipt_number
    return {"receipt": receipt, "outcome": settlement.get_outcome_display().lower()}


def _hold(tender: Tender) -> None:
    locks.alone(tender)
    if tender.status != Tender.Status.OPENED:
        raise MovedOn("This is done between the opening and the decision.")
