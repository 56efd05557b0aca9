"""Handing in what a contract owes. Each time is kept; what was handed in before stays as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from deliverables import locks
from deliverables.lifecycle import DELIVERABLE
from deliverables.models import Deliverable, Delivery, Prototype
from deliverables.notices import deliverable as notices
from deliverables.queries import deliverable as queries
from odifund.core import files
from odifund.core.errors import MovedOn, NotReady
from odifund.core.models import Person


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
    upload: "UploadedFile[bytes] | None" = None,
    tried: Tried | None = None,
) -> Delivery:
    """Hand it in: words or a file, for a report with its prototype; or the drafts as they stand."""
    contract = deliverable.contract
    facts: dict[str, object] = {}
    details = {"contract": str(contract)}
    with (
        _open(deliverable),
        DELIVERABLE.take("deliver", deliverable, by=by, at=at, facts=facts, details=details),
    ):
        if deliverable.is_drafted_here:
            text, upload, tried = queries.as_handed_in(deliverable), None, None
        _must_say_something(deliverable, text, upload, tried)
        file = files.store(upload, kind=upload.content_type or "", by=by, at=at) if upload else None
        number = deliverable.deliveries.count() + 1
        facts |= {"number": number, "file": file.sha256 if file else None}
        details["number"] = str(number)
        delivery = Delivery.objects.create(
            deliverable=deliverable,
            number=number,
            text=text,
            file=file,
            delivered_by=by,
            delivered_at=at,
        )
        if tried is not None:
            Prototype.objects.create(delivery=delivery, **asdict(tried))
        deliverable.delivered_at = deliverable.delivered_at or at
        notices.delivered(delivery, at=at)
    return delivery


@contextmanager
def _open(deliverable: Deliverable) -> Iterator[None]:
    """Alone with it; refuses in words when somebody handed it in before."""
    with locks.alone(deliverable.contract):
        deliverable.refresh_from_db()
        if not deliverable.is_with_consortium:
            raise MovedOn(queries.why_closed(deliverable))
        yield


def _must_say_something(
    deliverable: Deliverable, text: str, upload: "UploadedFile[bytes] | None", tried: Tried | None
) -> None:
    if not text.strip() and upload is None:
        raise NotReady(["Write the text, or choose a file."])
    if deliverable.tells_a_prototype and tried is None:
        raise NotReady(["Say what you tried out, who tried it, what worked and what did not."])
