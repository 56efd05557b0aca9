"""The kick-off workshop: who comes, and who came."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from deliverables import access, locks
from deliverables.actions import draft, payment
from deliverables.lifecycle import DELIVERABLE
from deliverables.models import Attendance, Deliverable
from deliverables.notices import deliverable as notices
from odifund.core import audit
from odifund.core.errors import MovedOn, NotReady, WrongPerson
from odifund.core.models import Person

KIND = Deliverable.Kind.WORKSHOP


@dataclass(frozen=True)
class Guest:
    """Somebody who came without being announced."""

    name: str
    is_lead: bool


def announce(
    deliverable: Deliverable, *, name: str, is_lead: bool, needs: str, by: Person, at: datetime
) -> Attendance:
    """Somebody of the consortium comes to the workshop. The same name twice is the same person."""
    details = {"person": name, "contract": str(deliverable.contract)}
    contract = deliverable.contract
    with locks.alone(contract), DELIVERABLE.take("announce", deliverable, by=by, at=at, details=details):
        coming, new = Attendance.objects.get_or_create(
            deliverable=deliverable,
            name=name.strip(),
            defaults={"is_lead": is_lead, "needs": needs.strip(), "announced_by": by, "announced_at": at},
        )
        if not new:
            raise NotReady([f"{coming} is on the list already."])
    return coming


def take_off(coming: Attendance, *, by: Person, at: datetime) -> None:
    """Somebody does not come after all."""
    deliverable = coming.deliverable
    if not access.announces(by, deliverable):
        raise WrongPerson("Only the consortium says who comes.")
    with locks.alone(deliverable.contract):
        deliverable.refresh_from_db()
        if not deliverable.is_with_consortium:
            raise MovedOn("The workshop has been recorded.")
        draft.reread(coming)
        details = {"person": coming.name, "contract": str(deliverable.contract)}
        audit.record("workshop.taken_off", deliverable, by=by, at=at, details=details)
        coming.delete()


def record_attendance(
    deliverable: Deliverable,
    *,
    came: Collection[UUID],
    others: Collection[Guest] = (),
    by: Person,
    at: datetime,
) -> None:
    """Who came, announced or not. At least one person of the consortium has to have been there."""
    contract = deliverable.contract
    details, facts = {"contract": str(contract)}, {"came": 0}
    with locks.alone(contract):
        with DELIVERABLE.take("record_attendance", deliverable, by=by, at=at, facts=facts, details=details):
            unannounced = {_on_the_list(deliverable, guest, by, at).pk for guest in others}
            there = deliverable.attendances.filter(pk__in={*came, *unannounced})
            facts["came"] = there.update(attended=True)
            if not facts["came"]:
                raise NotReady(["Say who came. If nobody did, agree another day, and record that."])
            deliverable.attendances.exclude(attended=True).update(attended=False)
            deliverable.delivered_at = deliverable.accepted_at = at
            deliverable.accepted_by = by
            notices.attended(deliverable, at=at)
        payment.let_fall_due(contract, by=by, at=at)


def _on_the_list(deliverable: Deliverable, guest: Guest, by: Person, at: datetime) -> Attendance:
    """Who was announced under this name after all, or somebody new."""
    known = deliverable.attendances.filter(name__iexact=guest.name).first()
    return known or Attendance.objects.create(
        deliverable=deliverable,
        name=guest.name,
        is_lead=guest.is_lead,
        announced_by=by,
        announced_at=at,
    )
