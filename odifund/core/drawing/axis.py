"""The axis of a line of time: its ends, where its months or years turn, and how its dates are said in short.

Over more than 18 months it is ruled in years: a month would be too narrow for its name. Where a day and a
month can come twice, every date says its year.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from odifund.core.wording import MONTHS, in_london, time_of_day

A_YEAR, RULED_IN_MONTHS = timedelta(days=365), timedelta(days=549)  # 549: no 18 months are longer


class Axis:
    """From a little before the first date to a little after the last."""

    def __init__(self, begins: datetime, ends: datetime) -> None:
        length = ends - begins
        margin = length * 0.016 + timedelta(hours=1)
        self.first, self.last = begins - margin, ends + margin
        self.in_years, self.says_years = length > RULED_IN_MONTHS, length >= A_YEAR

    def share(self, moment: datetime) -> float:
        """How far along a moment lies, from 0 to 1."""
        return min(max((moment - self.first) / (self.last - self.first), 0.0), 1.0)

    def date(self, at: datetime, *, timed: bool = False) -> str:
        """4 Jan; 4 Jan 2028, 5pm."""
        local = in_london(at)
        said = f"{local.day} {_month(local)}" + (f" {local.year}" if self.says_years else "")
        return f"{said}, {time_of_day(at)}" if timed else said

    def stretches(self) -> list[tuple[datetime, datetime]]:
        """Each month or year from its first moment in London to the next one's, cut off at the ends."""
        return list(pairwise([self.first, *self._turns(), self.last]))

    def name(self, begins: datetime, room: float) -> str:
        """2028, of years. Of months Feb, or Jan 2028 for the new year's. Nothing where there is no room."""
        local = in_london(begins)
        names = [f"{_month(local)} {local.year}", _month(local)] if local.month == 1 else [_month(local)]
        return next(
            (each for each in ([str(local.year)] if self.in_years else names) if _fits(each, room)), ""
        )

    def _turns(self) -> Iterator[datetime]:
        day = in_london(self.first).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        while True:
            day = (day + timedelta(days=32)).replace(day=1)
            if day >= self.last:
                return
            if day.month == 1 or not self.in_years:
                yield day


def _month(local: datetime) -> str:
    return MONTHS[local.month - 1][:3]


def _fits(name: str, room: float) -> bool:
    return 8 * len(name) <= room
