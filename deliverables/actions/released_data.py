"""Data the consortium released: each data set, or the reason why there is none."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from deliverables.actions import draft
from deliverables.models import Deliverable, ReleasedData
from odifund.core import audit, clock
from odifund.core.errors import NotReady
from odifund.core.models import Person

KIND = Deliverable.Kind.DATA


@dataclass(frozen=True)
class DataSet:
    """One data set, so that somebody else finds it and knows what they may do with it."""

    title: str
    publisher: str
    address: str
    licence: str
    released_on: date
    refreshed: str

    @classmethod
    def of(cls, released: ReleasedData) -> "DataSet":
        """What was recorded."""
        return cls(**{field.name: getattr(released, field.name) for field in fields(cls)})


def add(deliverable: Deliverable, data: DataSet, *, by: Person, at: datetime) -> ReleasedData:
    """Record a data set; sent twice it is one. A reason for none is taken away: there is one now."""
    with draft.changing(deliverable, KIND, by=by):
        if data.released_on > clock.today(at):
            raise NotReady(["The date it was released must not be later than today."])
        if same := deliverable.released_data.filter(title__iexact=data.title).first():
            if data == DataSet.of(same):
                return same
            raise NotReady([f"You have recorded “{same}” already. Remove it first, or use another title."])
        deliverable.released_data.exclude(none_because="").delete()
        return _record(ReleasedData(deliverable=deliverable, **asdict(data)), by, at)


def say_none(deliverable: Deliverable, *, because: str, by: Person, at: datetime) -> ReleasedData:
    """No data was released, because of this. Said again, it replaces what was said before."""
    with draft.changing(deliverable, KIND, by=by):
        if deliverable.released_data.filter(none_because="").exists():
            raise NotReady(["You have recorded data already. Remove it before you say there is none."])
        deliverable.released_data.all().delete()
        return _record(ReleasedData(deliverable=deliverable, none_because=because.strip()), by, at)


def remove(released: ReleasedData, *, by: Person, at: datetime) -> None:
    """Take an entry away."""
    with draft.changing(released.deliverable, KIND, by=by):
        draft.reread(released)
        details = {"data": str(released), "contract": str(released.deliverable.contract)}
        audit.record("released_data.removed", released.deliverable, by=by, at=at, details=details)
        released.delete()


def _record(released: ReleasedData, by: Person, at: datetime) -> ReleasedData:
    released.recorded_by, released.recorded_at = by, at
    released.save()
    details = {"data": str(released), "contract": str(released.deliverable.contract)}
    audit.record("released_data.recorded", released.deliverable, by=by, at=at, details=details)
    return released
