"""Handing in what a contract owes. Each time is kept; what was handed in before stays as it was."""

from dataclasses import dataclass
from datetime import datetime

from deliverables.lifecycle import DELIVERABLE
from deliverables.models import Deliverable, Delivery, Prototype
from deliverables.notices import deliverable as notices
from deliverables.queries import deliverable as queries
from odifund.core.errors import NotReady
from odifund.core.models import Person, StoredFile


@dataclass(frozen=True)
class Tried:
    """The prototype of a report: what, who tried it, what worked, what did not, and where it is."""

    what: str
    tried_by: str
    worked: str
    did_not_work: str
    address: str = ""


def deliver(
    deliverable: Deliverable,
    *,
    by: Person,
    at: datetime,
    text: str = "",
    file: StoredFile | None = None,
    tried: Tried | None = None,
) -> Delivery:
    """Hand it in: words or a file, for a report with its prototype; or the drafts as they stand."""
    number = deliverable.deliveries.count() + 1
    details = {"contract": str(deliverable.contract), "number": str(number)}
    facts = {"number": number, "file": file.sha256 if file else None}
    with DELIVERABLE.take("deliver", deliverable, by=by, at=at, facts=facts, details=details):
        if deliverable.is_drafted_here:
            text, file, tried = queries.as_handed_in(deliverable), None, None
        _must_say_something(deliverable, text, file, tried)
        delivery = Delivery.objects.create(
            deliverable=deliverable,
            number=deliverable.deliveries.count() + 1,
            text=text,
            file=file,
            delivered_by=by,
            delivered_at=at,
        )
        if tried is not None:
            Prototype.objects.create(
                delivery=delivery,
                what=tried.what,
                tried_by=tried.tried_by,
                worked=tried.worked,
                did_not_work=tried.did_not_work,
                address=tried.address,
            )
        deliverable.delivered_at = deliverable.delivered_at or at
        notices.delivered(delivery, at=at)
    return delivery


def _must_say_something(
    deliverable: Deliverable, text: str, file: StoredFile | None, tried: Tried | None
) -> None:
    if not text.strip() and file is None:
        raise NotReady(["Write the text, or choose a file."])
    if deliverable.tells_a_prototype and tried is None:
        raise NotReady(["Say what you tried out, who tried it, what worked and what did not."])
