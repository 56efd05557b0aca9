"""The bank holidays of the United Kingdom's nations, as GOV.UK published them.

The days stand in bank_holidays.toml with their source and the years they cover. Of other years
nothing is known, and pages say so: nothing is worked out by rule here.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

NATIONS = {"E": "England and Wales", "S": "Scotland", "N": "Northern Ireland"}


@dataclass(frozen=True)
class Holiday:
    """A bank holiday of one day, and the nations that keep it."""

    name: str
    nations: tuple[str, ...]

    def __str__(self) -> str:
        where = "all of the UK" if len(self.nations) == len(NATIONS) else " and ".join(self.nations)
        return f"{self.name} in {where}"


def on(day: date) -> list[Holiday]:
    """What is kept on a day; nothing on a day of a year that is not known."""
    return [
        Holiday(name, tuple(NATIONS[nation] for nation in nations))
        for when, name, nations in _written()["days"]
        if when == day.isoformat()
    ]


def is_known(year: int) -> bool:
    """Whether the bank holidays of a year are written down."""
    return bool(_written()["since"] <= year <= _written()["until"])


def until() -> int:
    """The last year that is written down."""
    return int(_written()["until"])


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
