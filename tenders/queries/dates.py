"""Dates of a timetable that deserve a second look: at a weekend, or on a bank holiday of the bidders.

They are said and stop nothing: some things are meant for a Saturday.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from odifund.core import bank_holidays
from tenders import timetable
from tenders.models import Tender
from tenders.queries import tender as tenders


@dataclass(frozen=True)
class Unusual:
    """A date on which many offices are closed, and why."""

    when: timetable.When
    what: str
    why: str


@dataclass(frozen=True)
class SecondLook:
    """What there is to look at again in a timetable."""

    unusual: Sequence[Unusual]
    unknown_years: Sequence[int]

    def __bool__(self) -> bool:
        return bool(self.unusual or self.unknown_years)

    @property
    def last_known_year(self) -> int:
        """Until when bank holidays are known."""
        return bank_holidays.until()


def second_look(tender: Tender) -> SecondLook:
    """Each date with what speaks against it, in order, and the years whose bank holidays are not known."""
    return second_look_at(tenders.dates_of(tender), tenders.owed_by(tender))


def second_look_at(dates: Mapping[str, timetable.When | None], owed: Iterable[timetable.Owed]) -> SecondLook:
    """The same of dates that no tender has yet."""
    entries = timetable.entries(dates, owed)
    days = [timetable.day_of(entry.when) for entry in entries]
    return SecondLook(
        [Unusual(entry.when, entry.what, why) for entry in entries for why in _against(entry.when)],
        sorted({day.year for day in days if not bank_holidays.is_known(day.year)}),
    )


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


def _against(when: timetable.When) -> Iterator[str]:
    if timetable.at_weekend(when):
        yield "a weekend"
    yield from (f"a bank holiday, {holiday}" for holiday in bank_holidays.on(timetable.day_of(when)))
