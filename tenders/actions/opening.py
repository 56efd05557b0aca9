"""Opening the seal: one person proposes it, another confirms, and every fingerprint is checked again.

A version that is not what was submitted is held and named; the rest open.
"""

from datetime import datetime

from django.db import transaction

from odifund.core import audit, two_person
from odifund.core.errors import MovedOn, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.lifecycle import TENDER
from tenders.models import Opening, OpeningCheck, Tender, Version
from tenders.notices import opening as notices
from tenders.notices import proposal as bidders
from tenders.queries import contents
from tenders.queries.opening import Outcome, missing_from, registered
from tenders.queries.proposal import standing_versions


def propose_opening(tender: Tender, *, by: Person, at: datetime) -> None:
    """Ask for a second person to open the proposals."""
    with transaction.atomic():
        moment = locks.alone(tender)
        with TENDER.take("propose_opening", tender, by=by, at=moment):
            notices.opening_proposed(tender, by=by, at=moment)


def take_back(tender: Tender, *, by: Person, at: datetime) -> None:
    """Take the proposed opening back."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only managers and approvers take a proposed opening back.")
    two_person.take_back("open", tender, by=by, at=at)


def open(tender: Tender, *, by: Person, at: datetime) -> Opening:  # noqa: A001  (the verb of the design)
    """Open what stands, as the second person; each version's fingerprint and files are checked first."""
    if not access.confirms(by, tender):
        raise WrongPerson("Only managers and approvers open proposals.")
    with transaction.atomic():
        moment = locks.alone(tender)
        proposed = two_person.waiting("open", tender)
        if proposed is None:
            raise MovedOn("Nothing waits for a second person here. One person proposes the opening first.")
        facts: dict[str, object] = {}
        details: dict[str, object] = {"first": str(proposed.proposed_by)}
        with TENDER.take("open", tender, by=by, at=moment, facts=facts, details=details):
            tender.opened_at = moment
            opening = Opening.objects.create(
                tender=tender, proposed_by=proposed.proposed_by, confirmed_by=by, opened_at=moment
            )
            went = _check(opening, tender)
            facts |= {
                "opened": went.matching,
                "of": went.count,
                "held": sorted(check.version.receipt_number for check in went.held),
                "missing": went.missing,
            }
            details |= {"matching": went.matching, "count": went.count}
            _record_held(went.held, by, moment)
            two_person.take_back_void(["extend"], tender, by=by, at=moment)
            if went.checks:
                notices.proposals_opened(tender, at=moment)
        audit.publish_head(f"the opening of {tender.reference}", at=moment)
    return opening


def _check(opening: Opening, tender: Tender) -> Outcome:
    published = registered(tender)
    checks = OpeningCheck.objects.bulk_create(
        _checked(opening, version, published) for version in standing_versions(tender)
    )
    return Outcome(checks, missing_from(checks, tender))


def _checked(opening: Opening, version: Version, published: dict[str, str]) -> OpeningCheck:
    faults = " ".join(contents.faults(version, published))
    return OpeningCheck(opening=opening, version=version, matches=not faults, why_not=faults[:200])


def _record_held(held: list[OpeningCheck], by: Person, at: datetime) -> None:
    for check in held:
        number, why = check.version.receipt_number, check.why_not
        audit.record(
            "proposal.held",
            check.version,
            by=by,
            at=at,
            facts={"receipt": number},
            details={"receipt": number, "why": why.rstrip(".")},
        )
        bidders.held(check.version, at=at)
