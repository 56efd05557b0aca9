"""The bank holidays of the nations: the names, where they are kept, and how far they are known."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from odifund.core import bank_holidays, calendar


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2017, 8, 28), ["Summer bank holiday in England and Wales and Northern Ireland"]),
        (date(2018, 8, 6), ["Summer bank holiday in Scotland"]),
        (date(2018, 3, 30), ["Good Friday in all of the UK"]),
        (date(2026, 7, 13), ["Battle of the Boyne (Orangemen’s Day) in Northern Ireland"]),
        (date(2023, 5, 8), ["Bank holiday for the coronation of King Charles III in all of the UK"]),
        (
            date(2017, 1, 2),
            ["2nd January in Scotland", "New Year’s Day in England and Wales and Northern Ireland"],
        ),
        (date(2017, 8, 17), []),
        (date(2030, 12, 25), []),
    ],
)
def test_a_day_says_which_holiday_it_is_and_where(day, said):
    assert [str(holiday) for holiday in bank_holidays.on(day)] == said


def test_the_years_that_are_known_are_whole_and_the_others_are_told_apart():
    assert [year for year in range(2015, 2032) if bank_holidays.is_known(year)] == list(range(2017, 2029))
    for year in range(2017, bank_holidays.until() + 1):
        days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
        english = {
            day
            for day in days
            if day.year == year and any("England and Wales" in h.nations for h in bank_holidays.on(day))
        }
        missing = calendar.by_rule(year) - english
        assert len(missing) <= (year in (2020, 2022)), year


def test_the_data_say_where_they_come_from_and_when():
    written = tomllib.loads(Path(bank_holidays.__file__).with_suffix(".toml").read_text())
    assert written["source"].startswith("https://www.gov.uk/")
    assert written["published_on"] <= written["written_down_on"]
    assert [row[0] for row in written["days"]] == sorted(row[0] for row in written["days"])
