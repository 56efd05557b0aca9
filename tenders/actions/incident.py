"""Recording an incident. An entry stays as it was written; another corrects or continues it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from odifund.core import audit
from odifund.core.errors import NotReady, WrongPerson
from odifund.core.models import Person
from tenders import access
from tenders.models import Incident, Tender


def record(
    tender: Tender,
    *,
    what: str,
    began_at: datetime,
    ended_at: datetime | None,
    noticed_by: str,
    by: Person,
    at: datetime,
    corrects: Incident | None = None,
) -> Incident:
    """Put an entry into the tender's log, under the next number."""
    if not access.keeps_record(by, tender):
        raise WrongPerson("Managers and approvers who do not bid in the tender write its log.")
    if faults := list(_faults(tender, what, began_at, ended_at, noticed_by, at)):
        raise NotReady(faults)
    with transaction.atomic():
        locked = Tender.objects.select_for_update(no_key=True).get(pk=tender.pk)
        incident = Incident.objects.create(
            tender=locked,
            number=locked.incidents.count() + 1,
            what=what.strip(),
            began_at=began_at,
            ended_at=ended_at,
            noticed_by=noticed_by.strip(),
            corrects=corrects,
            recorded_by=by,
            recorded_at=at,
        )
        audit.record(
            "incident.recorded",
            incident,
            by=by,
            at=at,
            facts={"number": incident.number, "from": began_at, "to": ended_at},
            details={"tender": tender.reference, "what": incident.what},
        )
    return incident


def _faults(
    tender: Tender, what: str, began_at: datetime, ended_at: datetime | None, noticed_by: str, at: datetime
) -> Iterator[str]:
    if not tender.is_published:
        yield f"{tender.reference} is not published, and its log begins then. Put a note on its file instead"
    if not what.strip() or not noticed_by.strip():
        yield "Say what happened, and who noticed it"
    if began_at > at:
        yield "It cannot have begun later than now"
    if ended_at and ended_at < began_at:
        yield "It cannot have ended before it began"
    if ended_at and ended_at > at:
        yield "It cannot have ended later than now. Leave the end empty while it goes on"
