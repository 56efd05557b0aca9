"""Deadlines that were extended, reached through actions. Times are counted from the deadline as it is."""

from datetime import datetime, timedelta

from odifund.core import clock
from tenders.actions import extension, incident
from tenders.models import Extension, Incident, Tender
from tests import cast

REASON = "The portal could not be reached for forty minutes this afternoon."
THREE_DAYS = timedelta(days=3)  # from a Friday to a Monday


def recorded_incident(of: Tender, *, at: datetime, began_at: datetime | None = None) -> Incident:
    """The portal was away for the last quarter of an hour before the deadline."""
    return incident.record(
        of,
        what="The portal was away.",
        began_at=began_at or of.proposals_close_at - timedelta(minutes=15),
        ended_at=None,
        noticed_by="A bidder, by telephone",
        by=cast.person("manager", at=at),
        at=at,
    )


def proposed_extension(
    of: Tender, *, by_: timedelta = THREE_DAYS, at: datetime, who: str = "manager", **more: object
) -> Extension:
    """The manager proposes that it closes so much later."""
    values = {"to_at": of.proposals_close_at + by_, "reason": REASON, "move_later": True} | more
    with clock.held_at(at):
        return extension.propose(of, **values, by=cast.person(who, at=at), at=at)


def extended(of: Tender, *, at: datetime, **more: object) -> Extension:
    """The manager proposed it and the approver confirmed."""
    made = proposed_extension(of, at=at, **more)
    with clock.held_at(at):
        return extension.extend(of, number=made.number, by=cast.person("approver", at=at), at=at)
