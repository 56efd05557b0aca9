"""Dates in three boxes, and moments with a time of day beside them, read as clocks in London show it.

A time that does not exist, or exists twice, when the clocks change is refused: a deadline is one
instant.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from typing import Any

from odifund.core.forms.saying import Saying, clean_text
from odifund.core.forms.widgets import DateWidget, MomentWidget
from odifund.core.wording import LONDON, MONTHS, plain_day

CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?([ap])\.?m\.?")
CLOCK_24 = re.compile(r"([0-9]{2})[:.]?([0-9]{2})")
NO_TIME = "There is no such time of day. Enter one like 5pm, 11:59pm or 17:00"
MIDNIGHT = "“Midnight” can mean two days. Enter a time like 11:59pm or 12:01am"


class DateField(Saying):
    """A day, as a date."""

    names: tuple[str, ...] = ("day", "month", "year")

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": DateWidget(), **more})

    def clean(self, value: Any) -> date | None:
        """The date; each message names the boxes it is about through its code."""
        typed = [clean_text(str(part or "")).strip() for part in (value or [])]
        typed += [""] * (len(self.names) - len(typed))
        if not any(typed):
            if self.required:
                raise self.refuse(str(self.error_messages["required"]), "required")
            return None
        if missing := [name for name, part in zip(self.names, typed, strict=True) if not part]:
            raise self.refuse(f"{self.starting} must include {_listed(missing)}", " ".join(missing))
        return self.compress(typed)

    def compress(self, typed: list[str]) -> date:
        return self._date(*typed[:3])

    def _date(self, day: str, month: str, year: str) -> date:
        number = _month(month)
        if not number:
            raise self.refuse(
                f"{self.starting} must be a real date. Enter the month as a number, like 9", "month"
            )
        if not re.fullmatch("[0-9]{4}", year):
            raise self.refuse(f"{self.starting} must have a year with 4 numbers, like 2017", "year")
        if not year.startswith("20"):
            raise self.refuse(f"{self.starting} must be in a year from 2000 to 2099", "year")
        last = monthrange(int(year), number)[1]
        if not re.fullmatch("[0-9]{1,2}", day) or not 1 <= int(day) <= last:
            raise self.refuse(
                f"{self.starting} must be a real date. {MONTHS[number - 1]} {year} has {last} days", "day"
            )
        return date(int(year), number, int(day))


def _listed(parts: list[str]) -> str:
    """A day, a month and a year."""
    *first, last = (f"a {part}" for part in parts)
    return f"{', '.join(first)} and {last}" if first else last


def _month(typed: str) -> int:
    """1 to 12 from a number or a name, or 0."""
    if re.fullmatch("[0-9]{1,2}", typed):
        return int(typed) if 1 <= int(typed) <= 12 else 0
    named = [
        n for n, month in enumerate(MONTHS, 1) if len(typed) >= 3 and month.lower().startswith(typed.lower())
    ]
    return named[0] if named else 0


class MomentField(DateField):
    """A day and a time of day, as an aware moment in London."""

    names = ("day", "month", "year", "time")

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"widget": MomentWidget(), **more})

    def compress(self, typed: list[str]) -> datetime:
        day = self._date(*typed[:3])
        return self._instant(day, self._time(typed[3]))

    def _time(self, typed: str) -> time:
        said = " ".join(typed.lower().split())
        if said in {"midday", "noon"}:
            return time(12)
        if said == "midnight" or said in {"24:00", "2400"}:
            raise self.refuse(MIDNIGHT, "time")
        hour, minute = self._parts(said)
        if (hour, minute) == (0, 0):
            raise self.refuse(MIDNIGHT, "time")
        return time(hour, minute)

    def _parts(self, said: str) -> tuple[int, int]:
        if match := CLOCK.fullmatch(said):
            hour, minute = int(match[1]), int(match[2] or 0)
            if 1 <= hour <= 12 and minute < 60:
                return hour % 12 + (12 if match[3] == "p" else 0), minute
            raise self.refuse(NO_TIME, "time")
        if match := CLOCK_24.fullmatch(said):
            if int(match[1]) < 24 and int(match[2]) < 60:
                return int(match[1]), int(match[2])
            raise self.refuse(NO_TIME, "time")
        if re.fullmatch(r"[0-9]{1,2}([:.][0-9]{2})?", said):
            raise self.refuse("Say whether the time is am or pm, like 5pm or 11:59pm", "time")
        raise self.refuse("Enter a time of day like 5pm, 11:59pm or 17:00", "time")

    def _instant(self, day: date, clock: time) -> datetime:
        first = datetime.combine(day, clock, LONDON)
        if first.astimezone(UTC).astimezone(LONDON).time() != clock:
            raise self.refuse(
                f"That time does not exist on {plain_day(day)}: the clocks go forward from 1am to 2am. "
                "Enter a time before 1am or from 2am",
                "time",
            )
        if first.utcoffset() != first.replace(fold=1).utcoffset():
            raise self.refuse(
                f"That time happens twice on {plain_day(day)}: the clocks go back from 2am to 1am. "
                "Enter a time before 1am or from 2am",
                "time",
            )
        return first
