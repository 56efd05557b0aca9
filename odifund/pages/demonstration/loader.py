"""Fills an empty database with the demonstration, and marks it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from odifund.core import audit, clock, demonstration
from odifund.core.tasks import mail_head
from odifund.pages.demonstration import planning, rounds
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.placing import before
from odifund.pages.demonstration.rehearsing import rehearsal
from odifund.pages.demonstration.stage import Scene, moment, play


def load(at: datetime, *, tell: Callable[[str], object] = print) -> int:
    """Play every round up to today; returns how many steps were played."""
    played = play(scenes(clock.today(at)), tell=tell)
    while audit.link(at):
        pass
    with clock.held_at(at):
        mail_head()
    demonstration.mark(at)
    return played


def scenes(today: date) -> list[Scene]:
    """All that has happened before this day."""
    parties = Parties()
    told = [
        *rounds.complete_round(parties, today),
        *rounds.delivered_round(parties, today),
        *rounds.scored_round(parties, today),
        *rounds.open_round(parties, today),
        *rehearsal(parties, today),
        *planning.coming_round(parties, today),
        *planning.draft_round(parties, today),
    ]
    first = before(clock.today(min(told).at), 3)
    return [Scene(moment(first, 9), parties.arrive), *told, *_heads(first, today)]


def _heads(first: date, today: date) -> Iterator[Scene]:
    """The head of the trail, mailed soon after each day has ended; today’s is mailed on loading."""
    for number in range(1, (today - first).days):
        yield Scene(moment(first + timedelta(days=number), 0, 30), _mail_head)


def _mail_head(_at: datetime) -> None:
    mail_head()
