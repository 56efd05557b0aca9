"""What a home page says: something to do with its moment, and something new."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ToDo:
    """Something to do. `due` is its moment, `when` words where there is none, `now`: it is live."""

    title: str
    url: str
    hint: str = ""
    due: datetime | None = None
    when: str = ""
    now: bool = False


@dataclass(frozen=True)
class News:
    """Something was announced to everybody."""

    at: datetime
    title: str
    url: str
    text: str = ""
