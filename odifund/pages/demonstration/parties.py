"""Who is there: the cast, the organisations, and the people met only in the demonstration."""

from datetime import datetime
from typing import Any

from consortia.actions import organisation as organisations
from consortia.models import Organisation
from odifund.core import people
from odifund.core.models import Person
from odifund.pages.cast import CAST, PLAYERS, Player
from odifund.pages.demonstration import content

DEPUTY = "Philippa Garrow"
NEWCOMER = "newcomer"


class Parties:
    """The people and organisations of all rounds, by key."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, Any]] = content.read("organisations")
        self.organisations: dict[str, Organisation] = {}
        self.others: dict[str, Person] = {}

    def arrive(self, at: datetime) -> None:
        """Staff are invited; people register and add their organisations. The newcomer comes later."""
        for player in CAST:
            if player.key != NEWCOMER:
                self._register(player, at)
        address = "philippa.garrow@fund.example.org"
        self.others[DEPUTY] = people.invite(
            address, DEPUTY, roles=["evaluator"], by=self.person("administrator"), at=at
        )
        for key, words in self.words.items():
            self.organisations[key] = organisations.add(
                name=words["name"],
                kind=words["kind"],
                region=words["region"],
                size=words["size"],
                website=f"https://www.{key}.example.org/",
                by=self._speaker(key, words["person"], at),
                at=at,
            )

    def newcomer_registers(self, at: datetime) -> None:
        """Somebody who has heard of the open round only now."""
        self._register(PLAYERS[NEWCOMER], at)

    def _register(self, player: Player, at: datetime) -> None:
        person = Person.objects.make(player.email, player.name, joined_at=at)
        for role in player.roles:
            people.give_role(person, role, by=None, at=at)

    def _speaker(self, key: str, who: str, at: datetime) -> Person:
        if who in PLAYERS:
            return self.person(who)
        address = f"{who.lower().replace(' ', '.')}@{key}.example.org"
        self.others[who] = Person.objects.make(address, who, joined_at=at)
        return self.others[who]

    def person(self, key: str) -> Person:
        """A player by key, or somebody else by name."""
        if key in PLAYERS:
            return Person.objects.get(email=PLAYERS[key].email)
        return Person.objects.get(pk=self.others[key].pk)

    def speaker(self, organisation: str) -> Person:
        """The person of an organisation."""
        return self.person(self.words[organisation]["person"])
