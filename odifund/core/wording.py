"""How moments, spans, sums and sizes are said. Pages, mails and messages all say them through here.

Nothing here reads a clock: what is "today" or "left" is asked against a moment that the caller brings.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

NO_BREAK = "\N{NO-BREAK SPACE}"
LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def in_london(at: datetime) -> datetime:
    """The instant as clocks in London show it."""
    return at.astimezone(LONDON)


def bound(words: str) -> str:
    """With each figure tied to its neighbours, so that no line of a narrow column ends inside a date."""
    return re.sub(r"(?<=\d) | (?=\d)", NO_BREAK, words)


def time_of_day(at: datetime) -> str:
    """5pm, 11:02am, midday, and 12am for the first instant of a day: "midnight" could mean two days."""
    local = in_london(at)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}{_told_apart(local)}"


def _told_apart(local: datetime) -> str:
    """The zone, in the one hour of October that comes twice: 1:30am BST, then 1:30am GMT."""
    comes_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return f" {local.tzname()}" if comes_twice else ""


def _date(when: date | datetime) -> date:
    return in_london(when).date() if isinstance(when, datetime) else when


def plain_day(when: date | datetime) -> str:
    """22 September 2017."""
    day = _date(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day(when: date | datetime) -> str:
    """Friday 22 September 2017."""
    return f"{WEEKDAYS[_date(when).weekday()]} {plain_day(when)}"


def moment(at: datetime) -> str:
    """5pm on Friday 22 September 2017."""
    return f"{time_of_day(at)} on {day(at)}"


def short_moment(at: datetime) -> str:
    """5pm on 22 September, where the full moment would not fit and stands elsewhere on the page."""
    local = _date(at)
    return f"{time_of_day(at)} on {local.day} {MONTHS[local.month - 1]}"


def moment_to_the_second(at: datetime) -> str:
    """5:00:03pm on Friday 22 September 2017, for what is decided by seconds."""
    return f"{time_to_the_second(at)} on {day(at)}"


def time_to_the_second(at: datetime) -> str:
    """5:00:03pm."""
    local = in_london(at)
    half = "am" if local.hour < 12 else "pm"
    return f"{local.hour % 12 or 12}:{local:%M:%S}{half}{_told_apart(local)}"


def moment_or_day(when: date | datetime, by_day: bool = False) -> str:
    """An instant with its time of day; a day, or an event that is told by its day, as such."""
    return moment(when) if isinstance(when, datetime) and not by_day else day(when)


def judged_moment(at: datetime, deadline: datetime) -> str:
    """To the second; where that reads like the deadline, to the millionth, or that on the stroke is late."""
    if at == deadline:
        return f"{moment_to_the_second(at)}: on the stroke, and on the stroke is late"
    if moment_to_the_second(at) != moment_to_the_second(deadline):
        return moment_to_the_second(at)
    local = in_london(at)
    return f"{local.hour % 12 or 12}:{local:%M:%S.%f}{'am' if local.hour < 12 else 'pm'} on {day(at)}"


def zone(at: datetime) -> str:
    """BST or GMT: which of the two London keeps at that instant."""
    return in_london(at).tzname() or ""


def counted(number: int, noun: str) -> str:
    """1 day; 2 days."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def span(length: timedelta) -> str:
    """4 days; 1 day and 6 hours; 9 hours; 2 hours 50 minutes; 12 minutes. Rounded down, never up."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    if days >= 2:
        return counted(days, "day")
    if days:
        return counted(days, "day") + (f" and {counted(hours, 'hour')}" if hours else "")
    if hours >= 6 or (hours and not minutes):
        return counted(hours, "hour")
    if hours:
        return f"{counted(hours, 'hour')} {counted(minutes, 'minute')}"
    if minutes:
        return counted(minutes, "minute")
    return "less than a minute"


def left(until: datetime, at: datetime) -> str:
    """4 days, as in "4 days left"; nothing once the moment has come, for on the deadline is late."""
    return span(until - at) if at < until else ""


def time_left(until: datetime, at: datetime) -> str:
    """4 days left; no time left."""
    return f"{left(until, at) or 'no time'} left"


def from_today(when: date | datetime, at: datetime) -> str:
    """Today, tomorrow, in 10 days, yesterday, 10 days ago: counted in London's calendar days.

    An instant further ahead is as far as `left` says, so that a page never counts one deadline in two ways.
    """
    days = (_date(when) - _date(at)).days
    if days in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[days + 1]
    if days > 0 and isinstance(when, datetime):
        return f"in {span(when - at)}"
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def in_one_breath(names: Sequence[str]) -> str:
    """A; A and B; A, B and C."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def one_of(names: Sequence[str]) -> str:
    """A; A or B; A, B or C."""
    return " or ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def in_words(number: int) -> str:
    """Three; 12: figures from ten on."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def pounds(amount: Decimal | int) -> str:
    """£53,333 or £45,370.50: pence only where there are some."""
    exact = Decimal(amount)
    sign, size = ("−" if exact < 0 else ""), abs(exact)
    return f"{sign}£{size:,.0f}" if size == size.to_integral_value() else f"{sign}£{size:,.2f}"


def figures(amount: Decimal | int) -> str:
    """45,370.50: for columns whose head says pounds."""
    return f"{Decimal(amount):,.2f}".replace("-", "−")


def file_size(size: int) -> str:
    """96 KB, 2.4 MB, 20 MB."""
    if size < 1000:
        return counted(size, "byte")
    if size < 1000 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"
