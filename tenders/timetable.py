"""A tender's timetable as pairs of a moment and its consequence, and whether it is in order.

Pure: knows neither Django nor a table; every value comes as an argument. A `date` is a whole day in
London, a `datetime` an instant. Each fault names the later date: that is the one to put right.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
When = date | datetime
SATURDAY = 5


@dataclass(frozen=True)
class Owed:
    """A deliverable as the timetable sees it. An event, like a workshop, is told by its day."""

    name: str
    title: str
    due_at: datetime | None
    payment_percent: int = 0
    is_event: bool = False


@dataclass(frozen=True)
class Entry:
    """A moment and what follows from it. `label` is two or three words for the drawn line."""

    when: When
    what: str
    who: str
    label: str
    name: str
    ours: bool = False
    paid: int = 0

    @property
    def at(self) -> datetime:
        """The instant; of a whole day its noon, where it is drawn."""
        if isinstance(self.when, datetime):
            return self.when
        return datetime(self.when.year, self.when.month, self.when.day, 12, tzinfo=LONDON)

    @property
    def is_timed(self) -> bool:
        """Whether the time of day matters."""
        return isinstance(self.when, datetime)


# field: what happens, who acts, label, whether it is the ODI's
CONSEQUENCES: dict[str, tuple[str, str, str, bool]] = {
    "publish_on": ("Tender published", "The ODI", "Published", True),
    "questions_close_at": ("Last moment for questions", "Anyone", "Questions in", False),
    "answers_due_at": ("All answers published", "The ODI", "Answers out", True),
    "proposals_close_at": ("Proposals close", "You", "Proposals close", False),
    "decision_on": ("Decision expected; letters to everyone", "The ODI", "Decision", True),
    "contracts_on": ("Contracts awarded", "The ODI", "Contracts", True),
    "starts_on": ("The programme starts", "Everyone", "Work starts", True),
}

# earlier, later, whether both may be on one day, what is wrong
ORDER: tuple[tuple[str, str, bool, str], ...] = (
    ("publish_on", "questions_close_at", False, "Questions have to close after the tender is published"),
    ("publish_on", "proposals_close_at", False, "Proposals have to close after the tender is published"),
    ("questions_close_at", "answers_due_at", True, "Answers have to be published after questions close"),
    ("questions_close_at", "proposals_close_at", True, "Proposals have to close after questions close"),
    ("answers_due_at", "proposals_close_at", True, "Proposals have to close after all answers are published"),
    ("proposals_close_at", "decision_on", False, "The decision has to come on a day after proposals close"),
    ("decision_on", "contracts_on", True, "Contracts cannot be awarded before the decision"),
    ("contracts_on", "starts_on", True, "The programme cannot start before contracts are awarded"),
)

LEAST_AFTER_ANSWERS = 6
"""How many days bidders have at least between the last answer and the deadline."""
TOO_SOON_AFTER_ANSWERS = (
    f"Proposals have to close at least {LEAST_AFTER_ANSWERS} days after all answers are published"
)


def day_of(when: When) -> date:
    """The day in London."""
    return when.astimezone(LONDON).date() if isinstance(when, datetime) else when


def in_order(earlier: When, later: When, *, same_day: bool) -> bool:
    """Whether one comes before the other. Two instants are compared as such, the same one is not before."""
    if isinstance(earlier, datetime) and isinstance(later, datetime):
        # In UTC: two moments of one zone compare by the clock on the wall, which goes back in October.
        return earlier.astimezone(UTC) < later.astimezone(UTC)
    return day_of(earlier) <= day_of(later) if same_day else day_of(earlier) < day_of(later)


def days_later(when: datetime, days: int) -> datetime:
    """So many days later at the same time of day in London, whatever the clocks did in between."""
    return when.astimezone(LONDON) + timedelta(days=days)


def faults(dates: Mapping[str, When | None], *, practises: bool = False) -> Iterator[tuple[str, str]]:
    """The dates that are out of order: (field, sentence). What is not set yet is not a fault.

    Who practises may walk the whole way in one day: the order alone counts.
    """
    for earlier, later, same_day, sentence in ORDER:
        first, second = dates.get(earlier), dates.get(later)
        if first and second and not in_order(first, second, same_day=same_day or practises):
            yield later, sentence
    answers, close = dates.get("answers_due_at"), dates.get("proposals_close_at")
    if practises:
        return
    if isinstance(answers, datetime) and isinstance(close, datetime):
        least = days_later(answers, LEAST_AFTER_ANSWERS)
        if in_order(answers, close, same_day=True) and in_order(close, least, same_day=True):
            yield "proposals_close_at", TOO_SOON_AFTER_ANSWERS


def owed_faults(starts_on: date | None, owed: Iterable[Owed]) -> Iterator[str]:
    """The deliverables that are due before the work starts."""
    for each in owed:
        if starts_on and each.due_at and not in_order(starts_on, each.due_at, same_day=True):
            yield f"“{each.title}” is due before the programme starts. Set a later date"


def past(dates: Mapping[str, When | None], names: Iterable[str], at: datetime) -> Iterator[str]:
    """Which of these dates have gone by. On the moment it has."""
    for name in names:
        when = dates.get(name)
        if isinstance(when, datetime) and when.astimezone(UTC) <= at.astimezone(UTC):
            yield name


def at_weekend(when: When) -> bool:
    """Whether it is a Saturday or Sunday in London."""
    return day_of(when).weekday() >= SATURDAY


def entries(dates: Mapping[str, When | None], owed: Iterable[Owed]) -> list[Entry]:
    """The whole timetable in order; what falls on one moment is told in one line."""
    own = [
        Entry(when, what, who, label, name, ours)
        for name, (what, who, label, ours) in CONSEQUENCES.items()
        if (when := dates.get(name))
    ]
    told = own + [_of_owed(each, each.due_at) for each in owed if each.due_at]
    told.sort(key=lambda entry: entry.at)
    return [_joined(list(same)) for _, same in groupby(told, key=lambda entry: entry.when)]


def _of_owed(owed: Owed, due_at: datetime) -> Entry:
    when = day_of(due_at) if owed.is_event else due_at
    who = "Each lead" if owed.is_event else "Each consortium"
    return Entry(when, owed.title, who, owed.title, f"owed.{owed.name}", paid=owed.payment_percent)


def _joined(entries: Sequence[Entry]) -> Entry:
    """One entry for all of one moment, and last what is paid then."""
    first, rest = entries[0], entries[1:]
    paid = sum(entry.paid for entry in entries)
    what = "; ".join([first.what, *(_lower(entry.what) for entry in rest), *_of_price(paid)])
    label = first.label
    if rest:
        delivered = all(entry.name.startswith("owed.") for entry in entries)
        label = "Final work" if delivered else f"{first.label}; {_lower(rest[-1].label)}"
    return replace(first, what=what, label=label, paid=paid)


def _of_price(percent: int) -> list[str]:
    if percent == 50:
        return ["half of the price is paid"]
    return [f"{percent}% of the price is paid"] if percent else []


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
