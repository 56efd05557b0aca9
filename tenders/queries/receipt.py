"""What a receipt says, and what happens next."""

from datetime import datetime
from typing import Any

from consortia.queries import people_named_in
from odifund.core.wording import day, in_one_breath, in_words, moment, pounds, span
from tenders.models import Tender, Version
from tenders.queries import contents
from tenders.queries import draft as drafts

PEOPLE = {1: "the one named person", 2: "both named people"}


def heading(version: Version, newest: int) -> str:
    """What stands above the number."""
    if version.number != newest:
        return "A later version replaced this one. Receipt number"
    if at := version.proposal.withdrawn_at:
        return f"Withdrawn at {moment(at)}. This was receipt number"
    if version.tender.rehearses:
        return "Your rehearsal worked. Receipt number"
    return "We have your proposal. Receipt number"


def says(version: Version) -> str:
    """Who submitted it, when, and how long before the deadline."""
    deadline = version.tender.proposals_close_at
    assert deadline
    lead = next(member["name"] for member in version.members if member["is_lead"])
    early = f"{span(deadline - version.submitted_at)} before the deadline"
    if version.admitted_late:
        early = "admitted later by two people of the fund, because the portal was at fault"
    if version.tender.rehearses:
        early += ". It is a receipt of a rehearsal, not of a proposal, and counts for nothing"
    who = f"“{version.title}”, submitted by {version.submitted_by} for {lead}"
    return f"{who} at {moment(version.submitted_at)}, {early}."


def rows(version: Version, others: list[Version]) -> list[dict[str, Any]]:
    """The facts of the receipt."""
    names = [f"{member['name']}{' (lead)' if member['is_lead'] else ''}" for member in version.members]
    found: list[dict[str, Any]] = [
        {"key": "Tender", "value": f"{version.tender.reference}, {version.tender.title}"},
        {"key": "Consortium", "value": ", ".join(names)},
        {"key": "Price", "value": f"{pounds(version.price)} without VAT"},
        *_replaces(version, others),
        *_withdrawn(version, others),
        {"key": "Fingerprint", "value": short(version.fingerprint), "is_code": True},
    ]
    if version.without_agreement:
        unsaid = in_one_breath(version.without_agreement)
        found.append({"key": "Without the agreement of", "value": unsaid})
    if version.changed_since_check:
        said = ", ".join(version.changed_since_check)
        found.append(
            {"key": "Changed after you checked", "value": f"{said}. What was submitted is the newer."}
        )
    return found


def _replaces(version: Version, others: list[Version]) -> list[dict[str, str]]:
    around = {other.number: other for other in others}
    found = []
    if before := around.get(version.number - 1):
        found.append(
            {"key": "Replaces", "value": f"{before.receipt_number} of {moment(before.submitted_at)}"}
        )
    if after := around.get(version.number + 1):
        found.append(
            {"key": "Replaced by", "value": f"{after.receipt_number} of {moment(after.submitted_at)}"}
        )
    return found


def _withdrawn(version: Version, others: list[Version]) -> list[dict[str, str]]:
    at = version.proposal.withdrawn_at
    is_newest = version.number == max(other.number for other in others)
    return [{"key": "Withdrawn", "value": f"At {moment(at)}"}] if at and is_newest else []


def stands(version: Version, newest: int) -> bool:
    """Whether this is the receipt that counts: of the newest version, and nothing was withdrawn."""
    return version.number == newest and version.proposal.stands


def short(fingerprint: str) -> str:
    """3f96 94ff … d29c: enough to compare at a glance."""
    return f"{fingerprint[:4]} {fingerprint[4:8]} … {fingerprint[-4:]}"


def happens_next(version: Version, newest: Version, at: datetime) -> list[str]:
    """The next steps, with their dates; of a receipt that no longer stands, what does."""
    if version.number != newest.number:
        return [f"{newest.receipt_number} replaced this version. Keep this receipt with it."]
    if not version.proposal.stands:
        again = " You can submit again until the deadline." if version.tender.accepts_proposals(at) else ""
        return [f"The proposal was withdrawn, so nothing of it stands.{again}"]
    deadline = version.tender.proposals_close_at
    assert deadline
    count = people_named_in(version.proposal.consortium).count()
    people = PEOPLE.get(count) or f"all {in_words(count)} named people"
    steps = [f"This receipt is in the mail to {people}."]
    if version.tender.accepts_proposals(at):
        last = "stands" if version.tender.rehearses else "counts"
        steps.append(
            f"You can change the draft and submit again until {moment(deadline)}. The last one {last}."
        )
        steps.append("Then the portal publishes the register. Your number will be in it.")
    elif version.tender.closed_at:
        steps.append("The portal published the register of all proposals in time. Your number is in it.")
    else:
        steps.append("The portal publishes the register of all proposals in time. Your number is in it.")
    return [*steps, _opening(version.tender)]


def _opening(tender: Tender) -> str:
    if tender.rehearses:
        return "Nothing more: a rehearsal is never opened. What counts is what you submit to a real tender."
    hear = f" You hear the decision on {day(tender.decision_on)}." if tender.decision_on else ""
    if tender.is_opened:
        return f"Two people of the fund opened the proposals together, and the panel reads them.{hear}"
    return (
        f"Two people of the fund open the proposals together. Until then nobody there can read yours.{hear}"
    )


def changed_since_submitted(draft: drafts.Draft, version: Version | None) -> list[str]:
    """The parts of the draft that differ from what stands."""
    if version is None:
        return []
    said: dict[str, Any] = contents.written_down(version)["proposal"]
    return drafts.changed(drafts.digests(said), draft.digests())
