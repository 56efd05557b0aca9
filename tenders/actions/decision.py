"""The decision by two: one proposes the awards, or that there is none; another approves exactly that."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from odifund.core import audit, canonical, two_person
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.lifecycle import DECISION, TENDER
from tenders.models import Award, Decision, Tender
from tenders.notices import decision as notices
from tenders.queries import decision as queries


def propose(
    tender: Tender, proposals: Sequence[UUID], *, departure_reason: str = "", by: Person, at: datetime
) -> Decision:
    """Propose the awards, inside the pot; a departure from the published rule needs its reason."""
    if not access.decides(by, tender):
        raise WrongPerson("Managers and approvers without an interest in the tender propose awards.")
    with transaction.atomic():
        _hold(tender)
        if problems := queries.problems(tender, proposals, departure_reason):
            raise NotReady(problems)
        decision = _prepared(tender, by, at)
        decision.chosen = queries.in_rank_order(tender, proposals)
        decision.departure_reason, decision.no_award_reason = departure_reason.strip(), ""
        return _propose("propose_awards", decision, {"proposals": decision.chosen}, by, at)


def propose_no_award(tender: Tender, *, reason: str, by: Person, at: datetime) -> Decision:
    """Propose that nothing is awarded, with the reason that will be published."""
    if not access.decides(by, tender):
        raise WrongPerson("Managers and approvers without an interest in the tender propose this.")
    with transaction.atomic():
        _hold(tender)
        if problems := queries.problems_of_no_award(tender, reason):
            raise NotReady(problems)
        decision = _prepared(tender, by, at)
        decision.chosen, decision.departure_reason = [], ""
        decision.no_award_reason = reason.strip()
        facts = {"proposals": [], "reason": canonical.digest(decision.no_award_reason)}
        return _propose("propose_no_award", decision, facts, by, at)


def _prepared(tender: Tender, by: Person, at: datetime) -> Decision:
    decision, _ = Decision.objects.get_or_create(
        tender=tender, defaults={"prepared_by": by, "prepared_at": at}
    )
    decision.prepared_by, decision.prepared_at = by, at
    return decision


def _propose(
    verb: str, decision: Decision, facts: Mapping[str, object], by: Person, at: datetime
) -> Decision:
    decision.save()
    details = {"tender": str(decision.tender)}
    with DECISION.take(verb, decision, by=by, at=at, facts=facts, details=details):
        notices.decision_proposed(decision, by=by, at=at)
    return decision


def take_back(decision: Decision, *, by: Person, at: datetime) -> None:
    """The proposer, or another who could approve, takes the proposed awards back."""
    if not access.confirms(by, decision.tender):
        raise WrongPerson("Only managers and approvers take proposed awards back.")
    with transaction.atomic():
        _hold(decision.tender)
        two_person.take_back("approve", decision, by=by, at=at)


def approve(decision: Decision, *, by: Person, at: datetime, read: str | None = None) -> None:
    """Approve what another proposed and this person `read`: results frozen, awards made, bidders told."""
    tender = decision.tender
    if not access.decides(by, tender):
        raise WrongPerson("Managers and approvers without an interest in the tender approve awards.")
    with transaction.atomic():
        _hold(tender)
        decision.refresh_from_db()
        two_person.only_what_was_read("approve", decision, read, by=by)
        if queries.problems_of(decision):
            raise MovedOn("What was proposed has changed since. It has to be proposed again.")
        results = queries.results(tender, decision)
        facts = {"proposals": decision.chosen, "results": canonical.digest(results)}
        details = {"tender": str(tender)}
        with DECISION.take("approve", decision, by=by, at=at, facts=facts, details=details):
            decision.approved_by, decision.approved_at = by, at
            decision.results = results
            with TENDER.take("decide", tender, by=by, at=at, facts={"awards": len(decision.chosen)}):
                tender.decided_at = at
        _award(decision)
        notices.tender_decided(decision, at=at)
        audit.publish_head(f"the decision of {tender.reference}", at=at)


def finish_without_award(tender: Tender, *, by: Person, at: datetime) -> None:
    """Close the file of a tender in which nothing was awarded: no contract will do it."""
    with transaction.atomic():
        locks.alone(tender)
        with TENDER.take("finish_without_award", tender, by=by, at=at):
            tender.finished_at = at


def _award(decision: Decision) -> None:
    for proposal, price in queries.chosen_with_prices(decision):
        Award.objects.create(decision=decision, proposal=proposal, price=price)


def _hold(tender: Tender) -> None:
    locks.alone(tender)
    if tender.status != Tender.Status.OPENED:
        raise MovedOn("The tender is not between opening and decision.")
