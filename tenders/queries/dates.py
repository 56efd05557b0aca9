"""Dates of a timetable that deserve a second look: at a weekend, on a bank holiday, or left behind by others.

They are said and stop nothing: some things are meant for a Saturday.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core import bank_holidays
from odifund.core.wording import day, in_one_breath
from tenders import timetable
from tenders.models import OwedDeliverable, Tender
from tenders.queries import tender as tenders

LATEST_FIRST = 90
"""Days after the start by which something is owed, or the deliverables seem left behind."""


@dataclass(frozen=True)
class Unusual:
    """A date that may not be meant, and why."""

    when: timetable.When
    what: str
    why: str

    def __str__(self) -> str:
        return f"{day(self.when)} is {self.why}: {self.what}"


@dataclass(frozen=True)
class SecondLook:
    """What there is to look at again in a timetable."""

    unusual: Sequence[Unusual]
    unknown_years: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.unusual or self.unknown_years)

    @property
    def unknown(self) -> str:
        """That bank holidays of some years are not known, as a sentence."""
        if not self.unknown_years:
            return ""
        years = in_one_breath([str(year) for year in self.unknown_years])
        yet = " yet" if self.unknown_years[0] > bank_holidays.until() else ""
        return f"We do not know the bank holidays of {years}{yet}. Check those dates yourself."

    @property
    def sentences(self) -> list[str]:
        """All of it, where there is no page to say it on."""
        return [*map(str, self.unusual), *filter(None, [self.unknown])]


def second_look(tender: Tender) -> SecondLook:
    """Each date with what speaks against it, in order, and the years whose bank holidays are not known."""
    return second_look_at(tenders.dates_of(tender), tenders.owed_by(tender))


def second_look_at(dates: Mapping[str, timetable.When | None], owed: Iterable[timetable.Owed]) -> SecondLook:
    """The same of dates that no tender has yet."""
    owed = list(owed)
    entries = timetable.entries(dates, owed)
    years = {timetable.day_of(entry.when).year for entry in entries}
    return SecondLook(
        [
            *_left_behind(dates.get("starts_on"), owed),
            *(Unusual(entry.when, entry.what, why) for entry in entries for why in _against(entry.when)),
        ],
        sorted(year for year in years if not bank_holidays.is_known(year)),
    )


LATER = ("decision_on", "contracts_on", "starts_on")
"""The tender's own dates after its deadline."""
OWED = "owed."
"""Before the key of a deliverable: the name of its date among those of its tender."""


def with_dates(tender: Tender, moved: Mapping[str, timetable.When]) -> dict[str, timetable.When | None]:
    """The tender's own dates as they would be."""
    return tenders.dates_of(tender) | {
        name: when for name, when in moved.items() if not name.startswith(OWED)
    }


def owed_with(tender: Tender, moved: Mapping[str, timetable.When]) -> list[OwedDeliverable]:
    """The deliverables with the dates they would have, not saved."""
    found = list(tender.owed.all())
    for each in found:
        when = moved.get(f"{OWED}{each.pk}")
        if isinstance(when, datetime):
            each.due_at = when
    return found


def contradictions(
    tender: Tender, dates: Mapping[str, timetable.When | None], owed: Iterable[timetable.Owed]
) -> Iterator[str]:
    """The moved timetable as a whole, as at publication; what was out of order before stops nothing."""
    before = set(timetable.faults(tenders.dates_of(tender), practises=tender.is_practice))
    for fault in timetable.faults(dates, practises=tender.is_practice):
        if fault not in before:
            yield f"{fault[1]}. Move the later dates too, or choose another moment."
    starts_on = dates["starts_on"]
    assert not isinstance(starts_on, datetime)
    for sentence in timetable.owed_faults(starts_on, owed):
        yield f"{sentence}."


def _left_behind(starts_on: timetable.When | None, owed: Sequence[timetable.Owed]) -> Iterator[Unusual]:
    """The first thing that is owed, where it comes so late that the dates seem to be of another timetable."""
    dues = [(each.due_at, each.title) for each in owed if each.due_at]
    if not starts_on or not dues:
        return
    due_at, title = min(dues)
    days = (timetable.day_of(due_at) - timetable.day_of(starts_on)).days
    if days > LATEST_FIRST:
        why = f"{days} days after the programme starts"
        yield Unusual(due_at, f"“{title}”, the first that a winner owes", why)


def _against(when: timetable.When) -> Iterator[str]:
    if timetable.at_weekend(when):
        yield "a weekend"
    yield from (f"a bank holiday, {holiday}" for holiday in bank_holidays.on(timetable.day_of(when)))
