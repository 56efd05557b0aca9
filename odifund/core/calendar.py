"""Working days in England: Monday to Friday without the bank holidays.

Those are as GOV.UK published them (bank_holidays.toml), and worked out by rule for years that it does
not hold yet. What is counted with these days is a suggestion that somebody reads before it is published.
"""

from datetime import date, timedelta
from functools import lru_cache

from odifund.core import bank_holidays as published

ENGLAND = published.NATIONS["E"]
DAY = timedelta(days=1)
SATURDAY = 5


def easter(year: int) -> date:
    """Easter Sunday: the Sunday after the paschal full moon of the Gregorian calendar."""
    golden, century = year % 19, year // 100
    age = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    late = age == 29 or (age == 28 and golden > 10)
    full_moon = date(year, 3, 21) + (age - late) * DAY
    return full_moon + (6 - full_moon.weekday() or 7) * DAY


@lru_cache(maxsize=64)
def by_rule(year: int) -> frozenset[date]:
    """The bank holidays of England in a year as they usually are, or what stands in for one on a weekend."""
    sunday, new_year = easter(year), date(year, 1, 1)
    christmas = [date(year, 12, day) for day in (25, 26)]
    return frozenset(
        [
            _monday_on_or_after(new_year) if new_year.weekday() >= SATURDAY else new_year,
            sunday - 2 * DAY,
            sunday + DAY,
            _monday_on_or_after(date(year, 5, 1)),
            _monday_on_or_after(date(year, 5, 25)),
            _monday_on_or_after(date(year, 8, 25)),
            *(day + 2 * DAY if day.weekday() >= SATURDAY else day for day in christmas),
        ]
    )


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices in England are open."""
    if day.weekday() >= SATURDAY:
        return False
    if published.is_known(day.year):
        return not any(ENGLAND in holiday.nations for holiday in published.on(day))
    return day not in by_rule(day.year)


def on_or_after(day: date) -> date:
    """The day itself when it is a working day, else the next one."""
    while not is_working_day(day):
        day += DAY
    return day


def working_days_after(day: date, count: int) -> date:
    """The working day this many working days later."""
    for _ in range(count):
        day = on_or_after(day + DAY)
    return day


def _monday_on_or_after(day: date) -> date:
    return day + (-day.weekday() % 7) * DAY
