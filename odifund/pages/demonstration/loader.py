"""Fills an empty database with the demonstration, and marks it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from odifund.core import audit, clock, demonstration
from odifund.pages.demonstration import rounds
from odifund.pages.demonstration.parties import Parties
from odifund.pages.demonstration.stage import Scene, moment, play


def load(at: datetime, *, tell: Callable[[str], object] = print) -> int:
    """Play every round up to this moment; returns how many steps were played."""
    today = clock.today(at)
    parties = Parties()
    scenes: list[Scene] = []
    for placed in (rounds.complete_round, rounds.delivered_round, rounds.scored_round, rounds.open_round):
        scenes += placed(parties, today)
    first = min(scene.at for scene in scenes)
    scenes.append(Scene(moment(clock.today(first) - timedelta(days=3), 9), parties.arrive))
    played = play(scenes, until=at, tell=tell)
    while audit.link(at):
        pass
    demonstration.mark(at)
    return played
