"""A proposed later deadline: what stands in its way, what moves with it, and how the page says both."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from odifund.core import two_person
from odifund.core.models import TwoPersonMove
from odifund.core.wording import day, moment, moment_or_day
from tenders import timetable
from tenders.models import Extension, Incident, Tender
from tenders.queries import shifting
from tenders.queries import tender as tenders
from tenders.queries.dates import (
    LATER,
    OWED,
    SecondLook,
    contradictions,
    owed_with,
    second_look_at,
    with_dates,
)
from tenders.queries.notice import DEADLINE, Change


def newest(tender: Tender) -> Extension | None:
    """The extension proposed last, while nobody has confirmed it."""
    found = tender.extensions.select_related("incident", "prepared_by").order_by("-number").first()
    return found if found and found.confirmed_at is None else None


def waiting(tender: Tender) -> tuple[TwoPersonMove, Extension] | None:
    """What waits for a second person."""
    move, extension = two_person.waiting("extend", tender), newest(tender)
    return (move, extension) if move and extension else None


def confirmed(tender: Tender) -> list[Extension]:
    """What was confirmed, the newest first."""
    found = tender.extensions.filter(confirmed_at__isnull=False)
    return list(found.select_related("prepared_by", "confirmed_by", "incident").order_by("-number"))


def content(tender: Tender) -> dict[str, object]:
    """What one person proposes and another confirms."""
    extension = newest(tender)
    fields = ("pk", "from_at", "to_at", "reason", "dates", "incident_id")
    return {name: getattr(extension, name) for name in fields} if extension else {}


def stops_extending(tender: Tender, at: datetime) -> Iterator[str]:
    """What stands in the way of the newest proposal, in sentences; nothing where there is none."""
    if extension := newest(tender):
        extension.tender = tender
        yield from faults(extension, at)


def faults(extension: Extension, at: datetime) -> Iterator[str]:
    """What is wrong with it at this moment."""
    tender = extension.tender
    present = tender.proposals_close_at
    assert present is not None
    if extension.from_at != present:
        yield "The deadline was moved after this was proposed. Propose it again."
    if extension.to_at <= present:
        yield f"Choose a later moment than the deadline as it is, {moment(present)}."
    elif extension.to_at <= at:
        yield "Choose a moment that has not passed yet."
    else:
        yield from contradictions(tender, dates_after(extension), owed_after(extension))
    if at >= present:
        yield from _without_incident(extension.incident, tender, present)


def _without_incident(incident: Incident | None, tender: Tender, present: datetime) -> Iterator[str]:
    if incident is None or incident.tender_id != tender.pk:
        yield (
            f"The deadline passed at {moment(present)}. Afterwards it can only be extended"
            " for an incident in this tender’s log. Record it there, and choose it here."
        )
    elif incident.began_at >= present:
        yield f"{str(incident).capitalize()} began after the deadline had passed, so it cannot be the cause."


def moving_with(tender: Tender, to_at: datetime) -> list[dict[str, Any]]:
    """The later dates, as many days later and on working days; what is owed moves too."""
    assert tender.proposals_close_at is not None
    days = (timetable.day_of(to_at) - timetable.day_of(tender.proposals_close_at)).days
    if not days:
        return []
    own = {name: getattr(tender, name) for name in LATER}
    rows = {f"{OWED}{each.pk}": each for each in tender.owed.all()}
    moved = shifting.shifted(own, days, timetable.day_of(to_at) + timedelta(days=1))
    starts_on = moved["starts_on"]
    assert not isinstance(starts_on, datetime)
    moved |= shifting.shifted({key: each.due_at for key, each in rows.items()}, days, starts_on)
    words = {name: timetable.CONSEQUENCES[name][0] for name in LATER}
    words |= {key: each.title for key, each in rows.items()}
    by_day = {key for key, each in rows.items() if each.is_event}
    before = own | {key: each.due_at for key, each in rows.items()}
    return [
        {
            "name": key,
            "what": words[key],
            "by_day": key in by_day,
            "before": before[key].isoformat(),
            "after": when.isoformat(),
        }
        for key, when in moved.items()
        if when and before[key] and when != before[key]
    ]


def after(each: dict[str, Any]) -> timetable.When:
    """The date that one of `dates` moves to: an instant where it has a time of day."""
    return _read(each["after"])


def _read(written: str) -> timetable.When:
    return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)


def moved(extension: Extension) -> dict[str, timetable.When]:
    """Every date that moves, by its name: the deadline and what moves with it."""
    return {"proposals_close_at": extension.to_at} | {each["name"]: after(each) for each in extension.dates}


def dates_after(extension: Extension) -> dict[str, timetable.When | None]:
    """The tender's own dates as they would be."""
    return with_dates(extension.tender, moved(extension))


def owed_after(extension: Extension) -> list[timetable.Owed]:
    """What each contract would owe."""
    return tenders.as_owed(owed_with(extension.tender, moved(extension)))


def look_again(extension: Extension) -> SecondLook:
    """Dates of the new timetable at a weekend or on a bank holiday: only those that move."""
    moves = {"proposals_close_at", *(each["name"] for each in extension.dates)}
    dates = {name: when for name, when in dates_after(extension).items() if name in moves}
    return second_look_at(dates, owed_after(extension) if extension.dates else [])


def changes(extension: Extension) -> list[Change]:
    """Every date that moves, in words: for the notice and the mail."""
    closes = Change(DEADLINE, moment(extension.from_at), moment(extension.to_at))
    moved = [
        Change(
            each["what"],
            moment_or_day(_read(each["before"]), by_day=each["by_day"]),
            moment_or_day(after(each), by_day=each["by_day"]),
        )
        for each in extension.dates
    ]
    return [closes, *moved]


def staying(extension: Extension) -> list[Change]:
    """The later dates that stay as they are."""
    moved = {each["name"] for each in extension.dates}
    own = [
        Change(timetable.CONSEQUENCES[name][0], day(when), "")
        for name in LATER
        if name not in moved and (when := getattr(extension.tender, name))
    ]
    owed = [
        Change(each.title, moment_or_day(each.due_at, by_day=each.is_event), "")
        for each in extension.tender.owed.all()
        if each.due_at and f"{OWED}{each.pk}" not in moved
    ]
    return own + owed
