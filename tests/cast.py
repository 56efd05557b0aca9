"""The people tests are about: the demonstration's cast, and where they stand."""

from datetime import datetime

from odifund.core import people
from odifund.core.models import Person
from odifund.pages.cast import CAST, PLAYERS


def person(key: str, *, at: datetime) -> Person:
    """The player with this key, made if new, with their roles."""
    player = PLAYERS[key]
    if found := Person.objects.filter(email=player.email).first():
        return found
    made = Person.objects.make(player.email, player.name, joined_at=at)
    for role in player.roles:
        people.give_role(made, role, by=None, at=at)
    return made


def whole(*, at: datetime) -> dict[str, Person]:
    """Everybody, by key."""
    return {player.key: person(player.key, at=at) for player in CAST}
