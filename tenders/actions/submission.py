"""Submitting and withdrawing: what a bidder has to be able to trust.

One transaction. The tender's lock first, shared with other bidders; one reading of the database's
clock decides and is stored; then the proposal's row. The same key gives the same receipt. What
came too late is recorded after the rollback, in a transaction of its own.
"""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from odifund.core import audit, canonical, wording
from odifund.core.errors import NotReady, TooLate, WrongPerson
from odifund.core.models import Person
from tenders import access, locks
from tenders.lifecycle import PROPOSAL
from tenders.models import LateAttempt, Proposal, Version
from tenders.notices import proposal as notices
from tenders.queries import agreement as agreements
from tenders.queries import contents
from tenders.queries import draft as drafts
from tenders.queries.proposal import newest_version, standing_version

FORMAT = 1
TRIES = 30  # at a receipt number of four digits, before a longer one is taken


def submit(
    proposal: Proposal,
    *,
    key: UUID,
    by: Person,
    seen_at: datetime,
    shown: Mapping[str, str] | None = None,
    without: Collection[UUID] = (),
) -> Version:
    """Submit the draft as it stands under the lock; returns the version, which is the receipt.

    `seen_at` is when the server first saw the request. `shown` holds the digests of what the
    check page showed; the receipt says which parts have changed since. `without` are the members whose
    agreement the lead goes on without.
    """
    try:
        with transaction.atomic():
            moment, proposal = _locked(proposal)
            before = dict(proposal.versions.values_list("submit_key", "number"))
            if key in before:
                return proposal.versions.get(submit_key=key)
            _only_in_time(proposal, by, moment)
            version = Version(
                id=uuid4(),
                proposal=proposal,
                tender=proposal.tender,
                number=len(before) + 1,
                submit_key=key,
                submitted_by=by,
                submitted_at=moment,
                seen_at=seen_at,
            )
            _take(version, dict(shown or {}), without)
            return version
    except TooLate as late:
        _record_late(proposal, "submit", by, seen_at, late)
        raise


def withdraw(proposal: Proposal, *, by: Person, seen_at: datetime) -> None:
    """Take the submitted proposal back, before the deadline. The draft stays and can be submitted again."""
    try:
        with transaction.atomic():
            moment, proposal = _locked(proposal)
            _only_in_time(proposal, by, moment)
            words = _words(proposal)
            with PROPOSAL.take("withdraw", proposal, by=by, at=moment, details=words, is_locked=True):
                proposal.withdrawn_at = moment
                version = newest_version(proposal)
                assert version
                notices.withdrawn(version, by=by, at=moment)
    except TooLate as late:
        _record_late(proposal, "withdraw", by, seen_at, late)
        raise


def _locked(proposal: Proposal) -> tuple[datetime, Proposal]:
    moment = locks.with_others(proposal.tender_id)
    return moment, Proposal.objects.select_for_update(of=("self",)).select_related(
        "tender", "consortium__lead"
    ).get(pk=proposal.pk)


def _only_in_time(proposal: Proposal, by: Person, moment: datetime) -> None:
    tender = proposal.tender
    if tender.accepts_proposals(moment):
        return
    if not access.submits(by, proposal):
        raise WrongPerson("Only the people whom the lead named for it submit and withdraw.")
    assert tender.closes_at is not None
    raise TooLate(
        "Proposals had closed when this reached us.",
        deadline=tender.closes_at,
        judged_at=moment,
        kept=_kept(proposal),
    )


def _kept(proposal: Proposal) -> str:
    """What stands, and what was kept: said to whoever came too late."""
    standing = standing_version(proposal)
    if standing is None:
        return "Your draft is kept as it is. Nothing was submitted."
    number, when = standing.receipt_number, wording.moment(standing.submitted_at)
    return f"Your proposal still stands as submitted at {when}, receipt {number}. The draft is kept too."


def _take(version: Version, shown: dict[str, str], without: Collection[UUID]) -> None:
    proposal, by, moment = version.proposal, version.submitted_by, version.submitted_at
    facts: dict[str, object] = {"version": version.pk}
    details = _words(proposal)
    with PROPOSAL.take("submit", proposal, by=by, at=moment, facts=facts, details=details, is_locked=True):
        proposal.withdrawn_at = None
        draft = drafts.of(proposal)
        version.without_agreement = _going_on_without(draft, without)
        _write_down(version, draft, shown)
        facts |= {"receipt": version.receipt_number, "fingerprint": version.fingerprint}
        notices.submitted(version, at=moment)


def write_down_late(proposal: Proposal, attempt: LateAttempt, *, at: datetime) -> Version:
    """The version of an attempt that was late and is admitted: the draft as the deadline left it.

    Part of admitting, in its transaction and lock. Its moment is the one at which it was found late.
    """
    draft = drafts.of(proposal)
    newest = newest_version(proposal)
    version = Version(
        id=uuid4(),
        proposal=proposal,
        tender=proposal.tender,
        number=newest.number + 1 if newest else 1,
        submit_key=uuid4(),
        submitted_by=attempt.person,
        submitted_at=attempt.judged_at,
        seen_at=attempt.seen_at,
        admitted_late=True,
        without_agreement=[str(member) for member in agreements.lacking(draft)],
    )
    _write_down(version, draft, {})
    notices.submitted(version, at=at)
    return version


def _going_on_without(draft: drafts.Draft, without: Collection[UUID]) -> list[str]:
    """The names of who has not agreed; refused where the lead has not said to go on without them."""
    lacking = agreements.lacking(draft)
    if unsaid := [member for member in lacking if member.pk not in without]:
        raise NotReady([agreements.not_agreed(member) for member in unsaid])
    return [str(member) for member in lacking]


def _write_down(version: Version, draft: drafts.Draft, shown: dict[str, str]) -> None:
    """Fill the version from the draft and insert it under a receipt number nobody has."""
    said = canonical.plain(draft.content())
    version.title, version.price = draft.proposal.title, draft.price
    version.members = said["members"]
    version.changed_since_check = drafts.changed(shown, drafts.digests(said)) if shown else []
    nonce = secrets.token_hex(16)
    for attempt in range(2 * TRIES):
        version.receipt_number = _receipt_number(version.tender.reference, 4 if attempt < TRIES else 7)
        version.manifest = canonical.text(_manifest(version, said, nonce))
        version.fingerprint = contents.fingerprint(version.manifest)
        try:
            with transaction.atomic():
                version.save(force_insert=True)
        except IntegrityError as error:
            if "receipt_number" not in str(error):
                raise
        else:
            return
    raise RuntimeError("no receipt number is free")


def _receipt_number(reference: str, digits: int) -> str:
    """Random, so that it tells nobody how many there are; short, to be said on the telephone."""
    return f"{reference.upper()}-{secrets.randbelow(10**digits):0{digits}d}"


def _manifest(version: Version, said: dict[str, Any], nonce: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "nonce": nonce,
        "tender": {"reference": version.tender.reference, "title": version.tender.title},
        "receipt_number": version.receipt_number,
        "version": version.number,
        "submitted_at": version.submitted_at,
        "without_agreement": version.without_agreement,
        **({"admitted_late": True} if version.admitted_late else {}),
        "proposal": said,
    }


def _words(proposal: Proposal) -> dict[str, str]:
    return {"lead": str(proposal.consortium.lead), "tender": proposal.tender.reference}


def _record_late(proposal: Proposal, what: str, by: Person, seen_at: datetime, late: TooLate) -> None:
    with transaction.atomic():
        attempt = LateAttempt.objects.create(
            tender_id=proposal.tender_id,
            proposal=proposal,
            what=what,
            person=by,
            seen_at=seen_at,
            judged_at=late.judged_at,
            deadline_at=late.deadline,
            reached_us_in_time=seen_at < late.deadline,
        )
        audit.record(
            "proposal.refused_late",
            proposal,
            by=by,
            at=late.judged_at,
            facts={
                "attempt": attempt.pk,
                "what": what,
                "seen_at": seen_at,
                "deadline": late.deadline,
                "reached_us_in_time": attempt.reached_us_in_time,
            },
            details={"what": what, "tender": proposal.tender.reference},
        )
