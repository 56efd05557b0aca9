"""Mails to the people named on a proposal: from its receipt to what becomes of it where it was held."""

from datetime import datetime

from consortia.queries import people_named_in
from odifund.core import mail
from odifund.core.models import Person
from tenders.models import Register, Settlement, Version


def submitted(version: Version, *, at: datetime) -> None:
    """The receipt: number, fingerprint and moment."""
    _tell("proposal_submitted", version, at, by=version.submitted_by)


def withdrawn(version: Version, *, by: Person, at: datetime) -> None:
    """The proposal was withdrawn, by whom and when."""
    _tell("proposal_withdrawn", version, at, by=by, key=at.isoformat())


def registered(version: Version, register: Register, *, at: datetime) -> None:
    """Yours is one of N in time."""
    _tell(
        "proposal_registered",
        version,
        at,
        key=str(register.number),
        count=register.content["in_time"],
        number=register.number,
    )


def held(version: Version, *, at: datetime) -> None:
    """It was held at the opening: what that means, and whom to ring."""
    _tell("proposal_held", version, at)


def settled(settlement: Settlement, *, at: datetime) -> None:
    """What becomes of the held proposal, and why."""
    _tell("proposal_settled", settlement.held.version, at, settlement=settlement)


def _tell(kind: str, version: Version, at: datetime, *, key: str = "", **more: object) -> None:
    proposal = version.proposal
    mail.queue(
        f"tenders/{kind}",
        key=f"tenders/{kind}:{version.pk}:{key}",
        to=people_named_in(proposal.consortium),
        at=at,
        context={
            "version": version,
            "proposal": proposal,
            "tender": version.tender,
            "lead": proposal.consortium.lead,
            **more,
        },
        about=version,
    )
